using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Python;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>What an approval is over: the exact files, images and commit, where they go, and what earlier steps proved about them.</summary>
internal static class ApprovalSubject
{
    /// <summary>Item that names the approved images.</summary>
    public const string Images = "images";

    /// <summary>Item that names the tags of production that are made and moved.</summary>
    public const string Tags = "image_tags";

    /// <summary>Item with the release notes as people edited them.</summary>
    public const string Notes = "notes";

    // What else a reviewer decides on. Counts, links and logs of earlier steps say nothing about what is published.
    private static readonly string[] Proved = ["size", "checks", "reviewed_by", "test_index", "smoke"];

    /// <param name="outputs">Of the steps before the approval, in run order.</param>
    public static Evidence Of(ReleaseFacts facts, StepInputs inputs, IReadOnlyDictionary<string, Evidence> outputs)
    {
        var settings = facts.Project.Settings;
        // Where only images are published, the package index says nothing.
        var ofPackage = inputs.Text("file") is not null || inputs.Text("inventory") is null;
        List<EvidenceItem> items =
        [
            new("package", EvidenceKind.Text, $"{facts.Project.WhatIsReleased()} {facts.Version}"),
            new("file", EvidenceKind.File, inputs.Text("file") ?? ""),
            new("sha256", EvidenceKind.Sha256, inputs.Text("sha256") ?? ""),
            new("wheel", EvidenceKind.File, inputs.Text("wheel") ?? ""),
            new("wheel_sha256", EvidenceKind.Sha256, inputs.Text("wheel_sha256") ?? ""),
            new("commit", EvidenceKind.Commit, inputs.Text("commit") ?? ""),
            new(Images, EvidenceKind.Images, inputs.Text("inventory") ?? ""),
            new(Tags, EvidenceKind.Tags, inputs.Text("tags") ?? ""),
            new("index", EvidenceKind.Text, ofPackage ? settings.ProductionIndex.Upload : ""),
            new("registry", EvidenceKind.Text, inputs.Text("inventory") is null ? "" : settings.Images?.Production.Repository ?? ""),
            new("tag", EvidenceKind.Text, settings.TagFor(facts.Version.ToString())),
            // Only where the version stands in a file does the development branch move on to the next one.
            new("next_beta", EvidenceKind.Text, ofPackage && settings is { VersionFromTag: false, VersionFile.Length: > 0 } ? facts.Version.NextBeta().ToString() : ""),
        ];
        foreach (var fact in Proved)
        {
            if (outputs.Values.Reverse().Select(evidence => evidence[fact]).FirstOrDefault(value => value is not null) is { } value)
                items.Add(new EvidenceItem(fact, EvidenceKind.Text, value));
        }
        return new Evidence([.. items.Where(item => item.Value.Length > 0)]);
    }

    /// <summary>
    /// The subject with the hashes that the kept files have now. A file that is not on this machine is left as it was
    /// proved: whoever publishes it reads it again before it goes out.
    /// </summary>
    public static Evidence WithBytes(Evidence subject, string workspace, string artifacts)
    {
        foreach (var (name, hash) in (ReadOnlySpan<(string, string)>)[("file", "sha256"), ("wheel", "wheel_sha256")])
        {
            if (subject[name] is not { } file || subject[hash] is not { } proved || PathOf(file, proved, workspace, artifacts) is not { } path)
                continue;
            var found = BuiltFile.Hash(path);
            if (found != proved)
                subject = new Evidence([.. subject.Items.Select(item => item.Name == hash ? item with { Value = found } : item)]);
        }
        return subject;
    }

    private static string? PathOf(string file, string sha256, string workspace, string artifacts)
    {
        if (file != Path.GetFileName(file) || file is "." or ".." || sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
            return null;
        var kept = Path.Combine(artifacts, sha256, file);
        if (File.Exists(kept))
            return kept;
        var built = Path.Combine(ReleaseWorkspace.DistOf(workspace), file);
        return File.Exists(built) ? built : null;
    }
}
