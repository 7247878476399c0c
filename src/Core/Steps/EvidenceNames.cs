namespace ReleaseDashboard.Core.Steps;

/// <summary>Names of evidence and inputs as people read them.</summary>
public static class EvidenceNames
{
    /// <summary>"sha256" is "SHA-256", "approved_by" is "Approved by".</summary>
    public static string Say(string name) => name switch
    {
        "sha256" => "SHA-256",
        "url" => "Address",
        "by_hand" => "Done by hand",
        "approved_digest" => "Digest of what was approved",
        "next_beta" => "Next on development",
        "pull_request" or "number" => "Pull request",
        "same_as" => "Same as",
        // What a check is called is the repository's own word.
        _ when name.StartsWith("job: ", StringComparison.Ordinal) => name["job: ".Length..],
        _ when name.StartsWith("check: ", StringComparison.Ordinal) => name["check: ".Length..],
        _ => Words(name),
    };

    private static string Words(string name)
    {
        var text = name.Replace('_', ' ').Replace('-', ' ').Trim();
        return text.Length == 0 ? name : char.ToUpperInvariant(text[0]) + text[1..];
    }
}
