using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Python;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Is the version right, newer than the last, and free everywhere?</summary>
internal static class VersionRules
{
    private static readonly ReadinessFix Choose = new(FixPlace.Version, "Choose another version", "version");

    public static Task<ReadinessCheck> ValidAsync(ReadinessScene scene) => Task.FromResult(scene switch
    {
        { Request.Version: null } => new ReadinessCheck("version-valid", "No version is chosen yet", Ok, "The wizard asks for it."),
        { Title: { } title } => new ReadinessCheck("version-valid", $"{title} is a release title", Ok, title.IsBeta ? "A beta: pip installs it on request only." : "X.Y.Z, without a tag."),
        _ => new ReadinessCheck("version-valid", $"'{scene.Request.Version}' is no release title", Blocking, $"It becomes a tag, a title and a file name: {scene.TitleFault}.", "Write it as X.Y.Z, or X.Y.ZbI for a beta.", Fix: Choose),
    });

    public static async Task<ReadinessCheck> NewerAsync(ReadinessScene scene)
    {
        const string id = "version-newer";
        if (scene.Version is not { } version)
            return Later(id, "The version is compared with the last one");
        var last = await LastAsync(scene);
        if (last.Fault is { } fault)
            return fault;
        return last.Version is null ? new ReadinessCheck(id, "The first release", Ok, "No version tag is on main or dev.")
            : version > last.Version ? new ReadinessCheck(id, $"{version} is newer than {last.Version}", Ok, $"{last.Version} is the highest tag on main and dev.")
            : new ReadinessCheck(id, $"{version} is not newer than {last.Version}", Blocking, $"{last.Version} is tagged already. pip would never choose {version} over it.", $"Choose a version after {last.Version}.", Fix: Choose);
    }

    public static async Task<ReadinessCheck> TagFreeAsync(ReadinessScene scene)
    {
        const string id = "tag-free";
        if (scene.Version is not { } version)
            return Later(id, "The tag is looked for");
        var tag = scene.Settings.TagFor(version.ToString());
        var refs = await scene.RemoteAsync();
        if (!refs.IsOk)
            return Unseen(id, "The remote's tags cannot be read", refs.Error);
        return refs.Value.FirstOrDefault(entry => entry.Name.Value == $"refs/tags/{tag}") is { } taken
            ? new ReadinessCheck(id, $"Tag {tag} exists", Blocking, $"It is on {taken.Commit.Abbreviated}. A tag that was published is never moved.", "Choose another version.", Link: $"{scene.Settings.WebUrl.TrimEnd('/')}/releases/tag/{Uri.EscapeDataString(tag)}", Fix: Choose)
            : new ReadinessCheck(id, $"Tag {tag} is free", Ok, $"The remote's tags were looked through: {refs.Value.Count(entry => entry.Name.Tag is not null)}.");
    }

    public static Task<ReadinessCheck> ProductionFreeAsync(ReadinessScene scene) =>
        IndexFreeAsync(scene, "production-free", PackageIndexes.Production(scene.Project), Blocking);

    // The test index is only for trying: a taken version there is a nuisance that can be skipped.
    public static Task<ReadinessCheck> TestFreeAsync(ReadinessScene scene) => scene.Settings.UseTestIndex
        ? IndexFreeAsync(scene, "test-free", PackageIndexes.Test(scene.Project), Warning)
        : Task.FromResult(new ReadinessCheck("test-free", "The test index is not used", Ok, "The project's settings leave it out."));

    private static async Task<ReadinessCheck> IndexFreeAsync(ReadinessScene scene, string id, PackageIndex index, ReadinessState taken)
    {
        if (scene.Version is not { } version)
            return Later(id, $"{index.Name} is asked for the version");
        var package = scene.Settings.Package;
        if (!PackageName.IsValid(package))
            return new ReadinessCheck(id, $"'{package}' is no package name", Blocking, "Indexes take letters, digits, dash, underscore and dot.", "Correct it in the project's settings.", Fix: new(FixPlace.Settings, "Open settings", "package"));
        var found = await scene.Sources.Indexes.Client.VersionAsync(index, package, version.ToString(), scene.Cancellation);
        if (!found.IsOk)
            return new ReadinessCheck(id, $"{index.Name} cannot be asked", taken, found.Error.Message, "Look again when the index answers.");
        return found.Value is { } there
            ? new ReadinessCheck(id, $"{package} {version} is on {index.Name}", taken, $"It holds {there.Files.Count} file(s) of it. An index never takes the same file name twice.",
                taken == Blocking ? "Choose another version." : "Choose another version, or leave the steps of the test index out.", Fix: Choose)
            : new ReadinessCheck(id, $"{version} is free on {index.Name}", Ok, $"{index.Name} has no {package} {version}.");
    }

    private static async Task<(PythonVersion? Version, ReadinessCheck? Fault)> LastAsync(ReadinessScene scene)
    {
        if (scene.Request.LastVersion is { } known)
            return (PythonVersion.Parse(known), null);
        var mirror = await scene.MirrorAsync();
        if (!mirror.IsOk)
            return (null, Unseen("version-newer", "The last version is not known", mirror.Error));
        var heads = new[] { await scene.HeadAsync(scene.Settings.MainBranch), await scene.HeadAsync(scene.Settings.DevBranch) };
        var tags = await mirror.Value.TagsAsync(scene.Settings, [.. heads.Where(head => head.IsOk).Select(head => head.Value).OfType<Core.Git.CommitSha>()], scene.Cancellation);
        return tags.IsOk ? (tags.Value.Count == 0 ? null : tags.Value[0].Version, null) : (null, Unseen("version-newer", "The last version is not known", tags.Error));
    }

    private static ReadinessCheck Later(string id, string title) => new(id, title, Ok, "Once a version is chosen.");

    internal static ReadinessCheck Unseen(string id, string title, Core.Steps.StepError error) =>
        new(id, title, Blocking, $"{error.What} {error.Why}", error.WhatToDo, Fix: error.Code == "wrong-token" ? new(FixPlace.Secrets, "Replace token", Core.Projects.SecretName.GitHubToken) : null);
}
