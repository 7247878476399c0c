using System.Net.Http.Headers;
using System.Text;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>Who asks a registry. It goes to that registry, and to the token service that it names, and nowhere else.</summary>
public sealed record RegistryCredential(string User, string Password)
{
    internal AuthenticationHeaderValue Basic => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));

    // The generated text would print the password.
    public override string ToString() => User;
}
