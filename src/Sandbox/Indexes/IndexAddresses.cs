using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>The one place that builds addresses of an index.</summary>
internal sealed class IndexAddresses(HttpRequest request, PackageIndex index, string? publicAddress)
{
    private string Root => $"{request.PathBase}/indexes/{index.Name}";

    private string Absolute => (publicAddress?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}") + Root;

    /// <summary>Without a host, so that it works behind whatever name the reader used.</summary>
    internal string File(ListedFile file) =>
        $"{Root}/files/{ProjectName.Normalize(file.Release.Project)}/{Uri.EscapeDataString(file.File.FileName)}";

    internal string AbsoluteFile(ListedFile file) =>
        $"{Absolute}/files/{ProjectName.Normalize(file.Release.Project)}/{Uri.EscapeDataString(file.File.FileName)}";

    internal string SimpleProject(string normalized) => $"{Root}/simple/{normalized}/";

    internal string Project(string project) => $"{Absolute}/simple/{ProjectName.Normalize(project)}/";
}
