namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Where the worker's own upload credentials are, for projects that store none.</summary>
/// <param name="Path">Usually <c>~/.pypirc</c> of the user that the service runs as.</param>
public sealed record UploadOptions(string Path)
{
    public static UploadOptions OfServiceUser { get; } =
        new(System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pypirc"));
}

/// <summary>
/// One section of a <c>.pypirc</c> (https://packaging.python.org/en/latest/specifications/pypirc/). Read to see where an
/// upload would go and what must be masked; twine reads the file itself.
/// </summary>
/// <param name="Repository">Upload address; null for twine's own address of that name.</param>
internal sealed record PypircSection(string? Repository, string? Password)
{
    /// <returns>Null when the file or the section is not there.</returns>
    public static PypircSection? Read(string path, string name)
    {
        if (!File.Exists(path))
            return null;
        string? section = null;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var seen = false;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1].Trim();
                seen |= section == name;
            }
            else if (section == name && line.IndexOfAny(['=', ':']) is > 0 and var at)
            {
                values[line[..at].Trim()] = line[(at + 1)..].Trim();
            }
        }

        return seen ? new PypircSection(values.GetValueOrDefault("repository"), values.GetValueOrDefault("password")) : null;
    }

    /// <summary>Where twine uploads to for this section.</summary>
    public string? UploadAddress(string name) => Repository ?? name switch
    {
        "pypi" => Core.Projects.IndexAddress.PyPI.Upload,
        "testpypi" => Core.Projects.IndexAddress.TestPyPI.Upload,
        _ => null,
    };
}
