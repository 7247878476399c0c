using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Why an upload failed, as twine's output tells it.</summary>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Words">The index's own words, or the reason that twine gives.</param>
internal sealed partial record TwineAnswer(int? Status, string Words)
{
    private const int MostCharacters = 600;

    /// <summary>The name is used up: this or another file was uploaded under it before.</summary>
    public bool FileExists =>
        Status is 400 or 409 && (Words.Contains("already exists", StringComparison.OrdinalIgnoreCase) || Words.Contains("already been used", StringComparison.OrdinalIgnoreCase));

    /// <summary>No answer, or one that does not say whether the file was taken.</summary>
    public bool IsLost { get; private init; }

    public static TwineAnswer Of(IReadOnlyList<string> lines)
    {
        var status = lines.Select(line => HttpError().Match(line)).LastOrDefault(match => match.Success);
        if (status is null)
        {
            var last = lines.LastOrDefault(line => line.Contains("ERROR", StringComparison.Ordinal)) ?? lines.LastOrDefault(line => line.Trim().Length > 0) ?? "twine said nothing.";
            return new TwineAnswer(null, Cut(Label().Replace(last, ""))) { IsLost = lines.Any(line => Connection().IsMatch(line)) };
        }

        var code = int.Parse(status.Groups["code"].Value, System.Globalization.CultureInfo.InvariantCulture);
        var body = Body(lines);
        return new TwineAnswer(code, body.Length > 0 ? body : Cut(status.Groups["reason"].Value)) { IsLost = code >= 500 };
    }

    public StepError ToError(IndexChoice index, IReadOnlyList<string> lines)
    {
        var place = index.IsProduction ? "The production index" : "The test index";
        var tail = lines.TakeLast(20).ToList();
        if (FileExists)
        {
            return new StepError("version-exists", $"{place} already has a file of this name.", Words,
                "A file name on an index is used up for good. Look at what is there; if it is not this file, release under the next version.", tail);
        }

        return Status switch
        {
            401 or 403 when Token().IsMatch(Words) => new StepError("wrong-token", $"{place} refused the credential.", Words,
                $"Store a valid upload token for this project as {index.PasswordSecret}, then retry.", tail),
            >= 500 => new StepError("index-refused", $"{place} failed while it took the file.", Words,
                "Look at the index's status page, then retry: a file that arrived is found and not sent again.", tail),
            401 or 403 => new StepError("index-refused", $"{place} refused the file.", Words,
                $"Do what its answer asks for, and see that the token stored as {index.PasswordSecret} may upload this project. Then retry.", tail),
            { } => new StepError("index-refused", $"{place} refused the file.", Words, "Do what its answer asks for, then retry.", tail),
            null when IsLost => new StepError("answer-lost", $"The connection to {index.Title} broke during the upload.", Words,
                "Retry: a file that arrived is found and not sent again.", tail),
            null => new StepError("twine-failed", "twine could not upload.", Words, "Read its last lines, repair the cause, then retry.", tail),
        };
    }

    // With --verbose twine logs "Response from URL:", the status, and the body; then the error.
    private static string Body(IReadOnlyList<string> lines)
    {
        var start = -1;
        for (var at = 0; at < lines.Count; at++)
            start = lines[at].Contains("Response from ", StringComparison.Ordinal) ? at : start;
        if (start < 0)
            return "";
        var body = string.Join('\n', lines.Skip(start + 1)
            .SkipWhile(line => !StatusLine().IsMatch(line)).Skip(1)
            .TakeWhile(line => !line.StartsWith("ERROR", StringComparison.Ordinal) && !line.StartsWith("WARNING", StringComparison.Ordinal))
            .Select(line => Label().Replace(line, "").Trim()));
        // Indexes answer with a page: its title says it shortest.
        var title = Title().Match(body);
        return Cut(title.Success ? title.Groups["title"].Value : Tag().Replace(body, " "));
    }

    private static string Cut(string text)
    {
        var plain = Space().Replace(text, " ").Trim();
        return plain.Length <= MostCharacters ? plain : plain[..MostCharacters] + "…";
    }

    [GeneratedRegex(@"HTTPError: (?<code>\d{3}) (?<reason>.*?)( from https?://|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HttpError();

    [GeneratedRegex(@"ConnectionError|Connection aborted|RemoteDisconnected|ConnectionReset|ReadTimeout|ProtocolError|Max retries exceeded", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Connection();

    [GeneratedRegex("authentication|token|credential|password|isn't allowed|not allowed to upload", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Token();

    [GeneratedRegex(@"^\s*(INFO|ERROR|WARNING|DEBUG)\s+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s*(INFO\s+)?\d{3}( |$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex StatusLine();

    [GeneratedRegex("<title>(?<title>.*?)</title>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Space();
}
