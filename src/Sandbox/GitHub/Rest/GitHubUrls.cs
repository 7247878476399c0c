using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Rest;

/// <summary>Every address that answers contain is built here.</summary>
internal sealed class GitHubUrls(IServer server, SandboxOptions options)
{
    public string Root => (options.PublicAddress
        ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?? throw new InvalidOperationException("The sandbox is not started.")).TrimEnd('/');

    public string Api => Root + "/api/v3";

    public string Repo(SandboxRepository repository) => $"{Api}/repos/{repository.FullName}";

    public string Html(SandboxRepository repository) => $"{Root}/{repository.FullName}";

    /// <summary>Node ids are opaque; these carry kind and number.</summary>
    public static string Node(string kind, long id) => Node(kind, id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static string Node(string kind, string id) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{kind}:{id}")).TrimEnd('=');
}
