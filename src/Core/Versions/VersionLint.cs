using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Versions;

/// <summary>Compares what files say about the version with what they should say. The caller reads the files.</summary>
public static class VersionLint
{
    /// <param name="mentions">The rules.</param>
    /// <param name="readFile">Contents by path, or null when there is no such file.</param>
    /// <param name="current">The version that is being released.</param>
    /// <param name="next">The version that mentions of the next one should name.</param>
    /// <returns>One finding for every place that was found, at least one for each rule.</returns>
    public static IReadOnlyList<VersionFinding> Check(
        IEnumerable<VersionMention> mentions, Func<string, string?> readFile, PythonVersion current, PythonVersion next) =>
        [.. mentions.SelectMany(mention => CheckMention(
            mention, readFile(mention.Path), mention.Expectation == VersionExpectation.Current ? current : next))];

    private static IEnumerable<VersionFinding> CheckMention(VersionMention mention, string? text, PythonVersion expected)
    {
        if (text is null)
            return [Finding(VersionAgreement.NoFile, null, $"{mention.Path} does not exist.")];
        IReadOnlyList<VersionOccurrence> places;
        try
        {
            places = mention.FindIn(text);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return [Finding(VersionAgreement.BadRule, null, $"The rule for {mention.Path} cannot be used: {exception.Message}")];
        }
        return places.Count == 0
            ? [Finding(VersionAgreement.NotFound, null, $"{mention.Path} does not mention the version where the rule looks for it.")]
            : places.Select(Judge);

        VersionFinding Judge(VersionOccurrence place)
        {
            var where = $"{mention.Path}:{place.Line}";
            if (!PythonVersion.TryParse(place.Value, out var found, out var reason))
                return Finding(VersionAgreement.NotAVersion, place, $"{where} says \"{place.Value}\": {reason}.");
            return found == expected
                ? Finding(VersionAgreement.Agrees, place, $"{where} says {place.Value}.")
                : Finding(VersionAgreement.Differs, place, $"{where} says {place.Value}, {expected} is expected.");
        }

        VersionFinding Finding(VersionAgreement agreement, VersionOccurrence? place, string message) =>
            new(mention, agreement, place?.Line, place?.Value, expected.ToString(), message);
    }
}
