using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Preparation.Overview;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Do the files on dev fit the version that will be released?</summary>
internal static class ContentRules
{
    public static async Task<ReadinessCheck> VersionsAsync(ReadinessScene scene)
    {
        const string id = "versions";
        var settings = scene.Settings;
        var mirror = await scene.MirrorAsync();
        if (!mirror.IsOk)
            return VersionRules.Unseen(id, "The files on dev cannot be read", mirror.Error);
        var mentions = Mentions(settings).ToList();
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var path in mentions.Select(mention => mention.Path).Append(settings.VersionFile).Where(path => path.Length > 0).Distinct())
        {
            var file = await mirror.Value.Repository.ReadFileAsync(BranchName.Parse(settings.DevBranch), path, scene.Cancellation);
            if (!file.IsOk)
                return new ReadinessCheck(id, $"{path} cannot be read", Blocking, file.Error.Message, "Look at the repository.");
            texts[path] = file.Value;
        }
        if (settings.VersionFromTag)
            return await OfTagAsync(scene, mirror.Value, mentions, path => texts[path]);
        var places = texts[settings.VersionFile] is { } code ? VersionConstant.Find(code, settings.VersionName) : [];
        if (places is not [var constant] || !PythonVersion.TryParse(constant.Value, out var current, out _))
        {
            return new ReadinessCheck(id, "The version constant is not where the settings say", Blocking,
                texts[settings.VersionFile] is null ? $"{settings.DevBranch} has no {settings.VersionFile}." : $"{settings.VersionFile} must set {settings.VersionName} to a version exactly once.",
                "Correct the project's settings or the file.", Fix: new(FixPlace.Settings, "Open settings", "version"));
        }
        // The constant is set by the release, and the other places too unless the project leaves them to people: then they
        // must name the version already when the tests run.
        var version = scene.Version ?? current.WithoutPreRelease();
        var differing = VersionLint.Check(mentions, path => texts[path], version, version).Where(finding => finding.Agreement != VersionAgreement.Agrees).ToLookup(finding => settings.SetVersionPlaces && finding.Line is not null);
        var (wrong, later) = (differing[false].ToList(), differing[true].ToList());
        if (wrong.Count == 0 && later.Count > 0)
        {
            var files = string.Join(", ", later.Select(finding => finding.Mention.Path).Append(settings.VersionFile).Distinct(StringComparer.Ordinal));
            return new ReadinessCheck(id, "The version will be set by the release", Ok, $"{settings.VersionFile} says {constant.Value}. {files} will be set to {version} by the release.");
        }
        return wrong.Count == 0
            ? new ReadinessCheck(id, mentions.Count == 0 ? "One place names the version" : $"{mentions.Count + 1} places agree on the version", Ok, $"{settings.VersionFile} says {constant.Value} and will say {version}.")
            : new ReadinessCheck(id, "Versions differ", Blocking, string.Join(" ", wrong.Select(finding => finding.Message)), $"Change the files on {settings.DevBranch} so that they name {version}.",
                Fix: new(FixPlace.Repository, $"Fix in {settings.DevBranch}", wrong[0].Mention.Path));
    }

    // Nothing sets a version on the branch then: what names one must name it already.
    private static async Task<ReadinessCheck> OfTagAsync(ReadinessScene scene, ProjectMirror mirror, IReadOnlyList<VersionMention> mentions, Func<string, string?> text)
    {
        const string id = "versions";
        var settings = scene.Settings;
        var written = settings.VersionFile.Length == 0 ? "No file names it." : $"The build writes it into {settings.VersionFile}.";
        var wrong = scene.Version is { } named
            ? VersionLint.Check(mentions, text, named, named).Where(finding => finding.Agreement != VersionAgreement.Agrees).ToList()
            : [];
        if (wrong.Count > 0)
        {
            return new ReadinessCheck(id, "Versions differ", Blocking, string.Join(" ", wrong.Select(finding => finding.Message)), $"Change the files on {settings.DevBranch} so that they name {scene.Version}.",
                Fix: new(FixPlace.Repository, $"Fix in {settings.DevBranch}", wrong[0].Mention.Path));
        }
        var (head, refs) = (await scene.HeadAsync(settings.DevBranch), await scene.RemoteAsync());
        if (!head.IsOk || !refs.IsOk || head.Value is not { } commit)
            return new ReadinessCheck(id, "The version comes from the tag", Ok, written);
        var tree = await TreeVersionReader.ReadAsync(mirror.Repository, commit, scene.Sources.Time, scene.Cancellation);
        // The build is told the version, so what it would guess stops nothing; but people who build by hand get what stands here.
        if (!tree.IsOk)
            return new ReadinessCheck(id, "The version of the tree cannot be guessed", Warning, $"{tree.Error} {written}", "Look at the tags, and at the tag's name in the project's settings.");
        var isTagged = scene.Version is { } planned && refs.Value.Any(entry => entry.Name.Value == $"refs/tags/{settings.TagFor(planned.ToString())}");
        var detail = $"{written} A build of {settings.DevBranch} is {tree.Value.Text} now. {tree.Value.Told(scene.Version, isTagged)}";
        return scene.Version is { } version && tree.Value.Compare(version, isTagged) == ScmAgreement.Wrong
            ? new ReadinessCheck(id, "The tag does not give this version", Warning, detail, "See whether the version and the commit are the ones you mean.", Fix: new(FixPlace.Version, "Choose another version", "version"))
            : new ReadinessCheck(id, "The version comes from the tag", Ok, detail);
    }

    private static IEnumerable<VersionMention> Mentions(ProjectSettings settings) =>
        settings.VersionPlaces.Select(place => new VersionMention(place.Path, null, place.Pattern, VersionExpectation.Current))
            .Concat(settings.TestsVersionFile is { } tests ? [new VersionMention(tests, null, settings.TestsVersionPattern, VersionExpectation.Current)] : []);

    public static Task<ReadinessCheck> TestsMoveAsync(ReadinessScene scene) => Task.FromResult(scene.Settings switch
    {
        { TestsVersionFile: null } => new ReadinessCheck("tests-move", "The tests expect no version", Ok, "The project's settings name no file of the tests."),
        { MoveTestsVersion: false } => new ReadinessCheck("tests-move", "The tests' version stays equal", Ok, "After the release the tests still expect the released version."),
        { ChecksRunTests: true } settings => new ReadinessCheck("tests-move", "The pull request's checks will fail", Warning,
            $"The release moves the version in {settings.TestsVersionFile} to the next one before the pull request, as the document has it. Its checks run the tests, which then expect a version that the code does not have.",
            "Keep the tests' version equal, in the project's settings.", Fix: new(FixPlace.Settings, "Keep equal", "tests_version")),
        var settings => new ReadinessCheck("tests-move", "The tests will expect the next version", Ok, $"{settings.TestsVersionFile} is moved after the build."),
    });

    public static async Task<ReadinessCheck> SubmodulesAsync(ReadinessScene scene)
    {
        const string id = "submodules";
        var mirror = await scene.MirrorAsync();
        if (!mirror.IsOk)
            return VersionRules.Unseen(id, "The submodules cannot be read", mirror.Error);
        var pins = await scene.Sources.Submodules.ReadAsync(scene.Project, mirror.Value, scene.Cancellation);
        if (!pins.IsOk)
            return VersionRules.Unseen(id, "The submodules cannot be read", pins.Error);
        if (pins.Value.Count == 0)
            return new ReadinessCheck(id, "No submodules", Ok, $"{scene.Settings.DevBranch} pins none.");
        if (pins.Value.FirstOrDefault(pin => pin.Error is not null) is { } broken)
            return new ReadinessCheck(id, $"Submodule {broken.Path} cannot be compared", Warning, broken.Error!, "Look at it before the release updates it.");
        var behind = pins.Value.Where(pin => pin.Behind > 0).ToList();
        return behind.Count == 0
            ? new ReadinessCheck(id, $"{pins.Value.Count} submodule(s) are up to date", Ok, string.Join(", ", pins.Value.Select(pin => pin.Path)) + ".")
            : new ReadinessCheck(id, string.Join(", ", behind.Select(pin => $"{pin.Path} is {pin.Behind} behind")), Warning, "The release moves each to the head of its branch and commits the new pins.", "Go on if these commits belong in the release.");
    }
}
