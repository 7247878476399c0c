using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Images.Dockerfiles;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Changes which image a line of a Dockerfile names, and nothing else of it.</summary>
internal static partial class DockerfileReferences
{
    /// <summary>False when the name is not found: an instruction may go on in the lines below, but only there.</summary>
    public static bool Replace(string[] lines, StageRelation relation, string replacement)
    {
        var pattern = relation.Kind switch
        {
            RelationKind.From => From(),
            RelationKind.Copy => CopyFrom(),
            _ => MountFrom(),
        };
        for (var at = relation.Line - 1; at < lines.Length; at++)
        {
            var match = pattern.Match(lines[at]);
            if (match.Success)
            {
                var name = match.Groups["name"];
                lines[at] = lines[at][..name.Index] + replacement + lines[at][(name.Index + name.Length)..];
                return true;
            }
            if (!lines[at].TrimEnd().EndsWith('\\') && !lines[at].TrimEnd().EndsWith('`'))
                return false;
        }
        return false;
    }

    [GeneratedRegex("^\\s*(?:FROM\\s+)?(?:--\\S+\\s+)*(?<name>(?!--|FROM\\b)[^\\s\\\\`]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex From();

    [GeneratedRegex("--from=(?<name>\\S+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CopyFrom();

    [GeneratedRegex("--mount=\\S*?\\bfrom=(?<name>[^,\\s]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MountFrom();
}
