using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Playbooks;

/// <summary>The playbooks in a folder, one file each, read anew whenever they are asked for: people edit them.</summary>
public sealed class PlaybookLibrary(string folder, StepCatalogue catalogue)
{
    /// <summary>Names of the playbooks that are there.</summary>
    public IReadOnlyList<string> Names => [.. Directory.EnumerateFiles(folder, "*.yml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The playbook, or its faults; a name that is not in the folder is a fault too.</summary>
    public async Task<PlaybookFile> ReadAsync(string name, CancellationToken cancellationToken)
    {
        // Names come from addresses and calls: only what the folder lists is opened.
        if (!Names.Contains(name))
            return new PlaybookFile("", new PlaybookReading(null, [new PlaybookFault(PlaybookFaultCode.BadValue, $"there is no playbook '{name}'", new SourcePosition($"{name}.yml", 1, 1))]));
        var text = await File.ReadAllTextAsync(Path.Combine(folder, name + ".yml"), cancellationToken);
        return new PlaybookFile(text, YamlPlaybookReader.Read(text, catalogue.Playbooks, name + ".yml"));
    }
}

/// <summary>A playbook's text and what was read from it.</summary>
public sealed record PlaybookFile(string Text, PlaybookReading Reading);
