using ReleaseDashboard.Core.Playbooks;
using YamlDotNet.Core;

namespace ReleaseDashboard.Infrastructure.Playbooks;

/// <summary>Reads playbooks from YAML. What is wrong with the YAML is reported the same way as what is wrong with the playbook.</summary>
public static class YamlPlaybookReader
{
    /// <summary>A longer file is refused, in characters. Real playbooks have some ten thousand.</summary>
    public const int MaximumLength = 1_000_000;

    /// <param name="yaml">The whole text of the file.</param>
    /// <param name="catalogue">The kinds and variables that exist.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static PlaybookReading Read(string yaml, PlaybookCatalogue catalogue, string file)
    {
        if (yaml.Length > MaximumLength)
            return Refused($"the file is longer than {MaximumLength} characters", file, 1, 1);
        try
        {
            return PlaybookReader.Read(YamlTree.Read(yaml), catalogue, file);
        }
        catch (YamlException exception)
        {
            // The parser stops at the first error: there is no tree to look for more in.
            // It also counts a line after the last one when something is missing at the end.
            var lines = yaml.AsSpan().Count('\n') + 1;
            return Refused(exception.Message, file, Math.Min((int)exception.Start.Line, lines), (int)exception.Start.Column);
        }
    }

    private static PlaybookReading Refused(string reason, string file, int line, int column) =>
        new(null, [new PlaybookFault(PlaybookFaultCode.Syntax, reason, new SourcePosition(file, Math.Max(1, line), Math.Max(1, column)))]);
}
