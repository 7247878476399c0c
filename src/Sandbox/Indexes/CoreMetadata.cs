namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>Reads a <c>PKG-INFO</c> or <c>METADATA</c> document: mail headers, then the description.</summary>
internal static class CoreMetadata
{
    // The upload API names repeated fields in the plural; the file names them in the singular.
    private static readonly Dictionary<string, string> Plurals = new()
    {
        ["classifier"] = "classifiers",
        ["project_url"] = "project_urls",
        ["platform"] = "platform",
    };

    internal static Dictionary<string, IReadOnlyList<string>> Parse(string text)
    {
        var fields = new Dictionary<string, List<string>>();
        List<string>? current = null;
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var next = 0;
        for (; next < lines.Length && lines[next].Length > 0; next++)
        {
            var line = lines[next];
            if (char.IsWhiteSpace(line[0]) && current is not null)
            {
                current[^1] += "\n" + line.TrimStart();
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                continue;
            var name = line[..colon].ToLowerInvariant().Replace('-', '_');
            name = Plurals.GetValueOrDefault(name, name);
            if (!fields.TryGetValue(name, out current))
                fields[name] = current = [];
            current.Add(line[(colon + 1)..].Trim());
        }

        var description = string.Join('\n', lines.Skip(next + 1)).Trim('\n');
        if (description.Length > 0)
            fields["description"] = [description + "\n"];
        return fields.ToDictionary(field => field.Key, IReadOnlyList<string> (field) => field.Value);
    }
}
