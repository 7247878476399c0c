using System.Text;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Logins for one build by buildx, which takes them from a file only: in a folder of its own that nobody else may read, gone when the build
/// is over. What the user of this machine has stored for docker is not used.
/// </summary>
internal sealed class BuildxLogins : IDisposable
{
    // The name under which docker keeps a login for its own hub.
    private const string Hub = "https://index.docker.io/v1/";

    private BuildxLogins(string folder) => Folder = folder;

    /// <summary>For <c>DOCKER_CONFIG</c>.</summary>
    public string Folder { get; }

    public static async Task<BuildxLogins> WriteAsync(IReadOnlyList<EngineLogin> logins, CancellationToken cancellationToken)
    {
        var made = new BuildxLogins(Directory.CreateTempSubdirectory("buildx-").FullName);
        try
        {
            var auths = logins.ToDictionary(
                login => login.Server == "docker.io" ? Hub : login.Server,
                login => new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")) });
            // The folder lets only this user in.
            await File.WriteAllBytesAsync(Path.Combine(made.Folder, "config.json"), JsonSerializer.SerializeToUtf8Bytes(new { auths }), cancellationToken);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
