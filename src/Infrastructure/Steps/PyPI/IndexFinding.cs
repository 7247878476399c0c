using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Compares a version on an index with the file that was built.</summary>
internal static class IndexFinding
{
    /// <summary>What the index has, as the protocol sees it.</summary>
    /// <param name="siblings">Hashes of files of the same build, which may be there too.</param>
    /// <param name="found">The version by the JSON API, or null when the index does not have it.</param>
    public static Observation Of(IndexChoice index, PackageVersion? found, string package, string version, string sha256, IReadOnlyList<string> siblings)
    {
        if (found is null || found.Files.Count == 0)
            return new Observation.NotDone();
        var own = found.Files.FirstOrDefault(file => file.Sha256 == sha256);
        var others = found.Files.Where(file => file.Sha256 != sha256 && !siblings.Contains(file.Sha256)).ToList();
        if (own is null && others.Count == 0)
            return new Observation.NotDone();
        return own is not null && others.Count == 0 ? new Observation.Done(Proof(index, own, sha256)) : Different(index, package, version, sha256, own, others);
    }

    public static Evidence Proof(IndexChoice index, PackageFile file, string sha256) => Evidence.Of(
        new EvidenceItem(index.EvidenceName, EvidenceKind.Check, file.Yanked ? "same bytes, but yanked" : "same bytes", index.Address.Simple),
        new EvidenceItem("sha256", EvidenceKind.Sha256, sha256),
        new EvidenceItem("file", EvidenceKind.File, file.FileName, file.Url.AbsoluteUri),
        new EvidenceItem("url", EvidenceKind.Link, file.Url.AbsoluteUri, file.Url.AbsoluteUri));

    /// <summary>Looking failed.</summary>
    public static StepError Unseen(IndexChoice index, PackageIndexError error) => error.Kind switch
    {
        PackageIndexFailure.Unreachable => new(
            "unreachable", $"{Upper(index.Title)} cannot be reached.", error.Message, "Check the network and the index's status page, then retry."),
        PackageIndexFailure.HashMismatch => new(
            "bytes-changed", $"{Upper(index.Title)} hands out other bytes than were built.", error.Message,
            "Do not go on. Compare the file on the index with the built one, and tell the index's administrators."),
        _ => new("index-refused", $"{Upper(index.Title)} did not answer as an index does.", error.Message,
            "Check the index's addresses in the project's settings and its status page, then retry."),
    };

    private static Observation.Different Different(
        IndexChoice index, string package, string version, string sha256, PackageFile? own, IReadOnlyList<PackageFile> others)
    {
        var found = string.Join(", ", others.Select(file => $"{file.FileName} (sha256 {file.Sha256 ?? "unknown"})"));
        var error = own is null
            ? new StepError(
                "other-bytes",
                $"{Upper(index.Title)} already has {package} {version} with other bytes.",
                $"There: {found}. Built: sha256 {sha256}.",
                "A file name on an index is used up for good. Find out who uploaded it. Release under the next version, unless what is there is what you want.")
            : new StepError(
                "other-files",
                $"{Upper(index.Title)} has more files of {package} {version} than the one that was built.",
                $"Besides it: {found}.",
                "Find out who uploaded them. Mark the step done if they are right, or release under the next version.");
        return new Observation.Different(error, Evidence.Of(
        [
            .. others.Select(file => new EvidenceItem($"found: {file.FileName}", EvidenceKind.Sha256, file.Sha256 ?? "", file.Url.AbsoluteUri)),
            new EvidenceItem("built", EvidenceKind.Sha256, sha256),
        ]));
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
