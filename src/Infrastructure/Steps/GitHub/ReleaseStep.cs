using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>Publishes the release on GitHub: draft, files, then the draft is published, so that nobody sees half of it.</summary>
internal sealed class ReleaseStep(GitHubAccess access) : GitHubStep(access, "Contents: read and write")
{
    public override StepKindDescription Description { get; } = new("github.release", "Publishes the release on GitHub", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("tag", ValueKind.Text, "The tag", Required: true),
            new InputDescription("title", ValueKind.Text, "The title", Required: true),
            new InputDescription("assets", ValueKind.List, "Files to attach", Default: new InputValue.List([])),
            new InputDescription("latest", ValueKind.Flag, "Whether it becomes the latest release", Default: new InputValue.Flag(true)),
            new InputDescription("commit", ValueKind.Text, "The commit that the tag must point to; without it any"),
            new InputDescription("only_draft", ValueKind.Flag, "Whether it stays a draft, which a workflow takes the files from", Default: new InputValue.Flag(false)),
        ],
        Outputs =
        [
            new OutputDescription("url", ValueKind.Text, "Where people look at it"),
            new OutputDescription("id", ValueKind.Number, "GitHub's number for it"),
        ],
    };

    public override Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var (tag, title, api) = (context.Inputs.Text("tag"), context.Inputs.Text("title"), Api(context));
        if (OnlyDraft(context.Inputs))
            return Task.FromResult(DraftPlan(context, tag, title, api));
        var latest = context.Inputs.Flag("latest") && context.Facts.Version.IsFinal;
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {api}/releases", $"none of tag {tag}"),
                new PlanLine(PlanPhase.Check, $"GET {api}/git/ref/tags/{tag}", context.Inputs.Text("commit") ?? "the tag"),
                new PlanLine(PlanPhase.Act, $$"""POST {{api}}/releases/generate-notes {"tag_name":"{{tag}}"}"""),
                new PlanLine(PlanPhase.Act, $$"""POST {{api}}/releases {"tag_name":"{{tag}}","name":"{{title}}","draft":true}"""),
                .. context.Inputs.List("assets").Select(asset => new PlanLine(PlanPhase.Act, $"POST {api}/releases/‹number›/assets?name={asset}")),
                new PlanLine(PlanPhase.Act, $$"""PATCH {{api}}/releases/‹number› {"draft":false,"make_latest":"{{(latest ? "true" : "false")}}"}"""),
                new PlanLine(PlanPhase.Verify, $"GET {api}/releases/tags/{tag}", "published, with the same bytes"),
                .. latest ? new[] { new PlanLine(PlanPhase.Verify, $"GET {api}/releases/latest", $"{tag}, unless a higher version is there") } : [],
            ],
            []));
    }

    protected override async Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var tag = TagName.Parse(context.Inputs.Required("tag"));
        // A draft makes no tag.
        if (!OnlyDraft(context.Inputs) && await TagFaultAsync(context, session, tag, cancellationToken) is { } fault)
            return fault;
        var assets = await ReleaseAssets.ReadAsync(context, cancellationToken);
        if (!assets.IsOk)
            return new Observation.Failed(assets.Error);
        var releases = await session.Client.FindReleasesAsync(session.Name, tag, cancellationToken);
        if (!releases.IsOk)
            return Unseen(releases.Error);
        return releases.Value switch
        {
            [] => new Observation.NotDone(),
            [var only] => await CompareAsync(context, session, only, assets.Value, cancellationToken),
            var several => ReleaseProof.Several(tag, several),
        };
    }

    protected override async Task<ActResult> ChangeAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        if (NotesEvidence.NotApproved(context, ApprovalStep.ApprovedDigest) is { } changed)
            return new ActResult.Failed(changed);
        var assets = await ReleaseAssets.ReadAsync(context, cancellationToken);
        if (!assets.IsOk)
            return new ActResult.Failed(assets.Error);
        var draft = await DraftAsync(context, session, cancellationToken);
        if (!draft.IsOk)
            return Unwritten(draft.Error);
        if (await ReleaseAssets.UploadAsync(context, session, draft.Value, assets.Value, cancellationToken) is { } fault)
            return Unwritten(fault);
        if (OnlyDraft(context.Inputs))
            return new ActResult.Acted();

        var latest = await session.Client.LatestReleaseAsync(session.Name, cancellationToken);
        if (!latest.IsOk)
            return Unwritten(latest.Error);
        var guard = LatestGuard.Of(context, latest.Value);
        if (guard.Higher is { } higher)
            context.Log.Write($"{higher} is the latest release and stays it: it is higher.");
        context.Log.Write($"PATCH /repos/{session.Name}/releases/{draft.Value.Id}: publish, latest {(guard.Becomes ? "true" : "false")}");
        var published = await session.Client.UpdateReleaseAsync(
            session.Name,
            draft.Value.Id,
            new ReleaseContent(Name: context.Inputs.Required("title"), Body: context.Notes, Draft: false, Prerelease: !context.Facts.Version.IsFinal, MakeLatest: guard.Becomes ? "true" : "false"),
            cancellationToken);
        return published.IsOk ? new ActResult.Acted() : Unwritten(published.Error);
    }

    private async Task<Observation> CompareAsync(
        StepContext context, GitHubSession session, GitHubRelease release, IReadOnlyList<ReleaseAsset> assets, CancellationToken cancellationToken)
    {
        var listed = await session.Client.AssetsAsync(session.Name, release.Id, cancellationToken);
        if (!listed.IsOk)
            return Unseen(listed.Error);
        foreach (var asset in assets)
        {
            if (listed.Value.FirstOrDefault(there => there.Name == asset.Name && there.State == "uploaded") is { } other && !asset.IsSame(other))
                return ReleaseProof.OtherBytes(release, asset, other);
        }

        var missing = assets.Any(asset => !listed.Value.Any(there => there.Name == asset.Name && asset.IsSame(there)));
        if (!missing && OnlyDraft(context.Inputs))
            return new Observation.Done(ReleaseProof.OfDraft(release, assets));
        if (release.Draft || missing)
            return new Observation.NotDone();
        var latest = await session.Client.LatestReleaseAsync(session.Name, cancellationToken);
        if (!latest.IsOk)
            return Unseen(latest.Error);
        var guard = LatestGuard.Of(context, latest.Value);
        if (guard.Becomes && latest.Value?.Id != release.Id)
            return new Observation.NotDone();
        var seen = await session.Client.ReleaseByTagAsync(session.Name, TagName.Parse(release.TagName), cancellationToken);
        if (!seen.IsOk)
            return Unseen(seen.Error);
        return seen.Value?.Id == release.Id
            ? new Observation.Done(ReleaseProof.Of(release, assets, guard))
            : new Observation.Waiting($"GitHub does not show the release {release.TagName} to everybody yet", FirstPause, Evidence.None);
    }

    private static bool OnlyDraft(StepInputs inputs) => inputs.Flag("only_draft");

    private static StepPlan DraftPlan(PlanContext context, string? tag, string? title, string api) => new(
        [
            new PlanLine(PlanPhase.Check, $"GET {api}/releases", $"none of tag {tag}"),
            new PlanLine(PlanPhase.Act, $$"""POST {{api}}/releases {"tag_name":"{{tag}}","name":"{{title}}","draft":true}"""),
            .. context.Inputs.List("assets").Select(asset => new PlanLine(PlanPhase.Act, $"POST {api}/releases/‹number›/assets?name={asset}")),
            new PlanLine(PlanPhase.Verify, $"GET {api}/releases/‹number›/assets", "the same bytes"),
        ],
        []) { Note = "Only people who may write to the repository see a draft." };

    // Publishing a draft makes a missing tag, wherever the draft says: the tag step must have been there first.
    private async Task<Observation?> TagFaultAsync(StepContext context, GitHubSession session, TagName tag, CancellationToken cancellationToken)
    {
        var found = await session.Client.RefAsync(session.Name, tag.Ref, cancellationToken);
        if (!found.IsOk)
            return Unseen(found.Error);
        if (found.Value is not { } reference)
            return new Observation.Failed(ReleaseProof.NoTag(tag));
        if (context.Inputs.Text("commit") is not { } expected)
            return null;
        var at = reference.Target.Sha;
        if (reference.Target.Type == "tag")
        {
            var annotated = await session.Client.TagAsync(session.Name, reference.Sha, cancellationToken);
            if (!annotated.IsOk)
                return Unseen(annotated.Error);
            at = annotated.Value?.Target.Sha;
        }

        return at == expected ? null : ReleaseProof.TagElsewhere(tag, at, expected);
    }

    /// <summary>The release of the tag as it is, or a new draft. A draft whose answer was lost is looked for before giving up.</summary>
    private static async Task<Result<GitHubRelease, GitHubError>> DraftAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var tag = TagName.Parse(context.Inputs.Required("tag"));
        var there = await session.Client.FindReleasesAsync(session.Name, tag, cancellationToken);
        if (!there.IsOk)
            return there.Error;
        if (there.Value is [var first, ..])
            return first;

        var target = context.Inputs.Text("commit") ?? context.Facts.Project.Settings.MainBranch;
        var notes = await NotesAsync(context, session, tag, cancellationToken);
        context.Log.Write($"POST /repos/{session.Name}/releases: draft of {tag}");
        var made = await session.Client.CreateReleaseAsync(
            session.Name,
            new ReleaseContent(tag.Value, target, context.Inputs.Required("title"), notes, Draft: true, Prerelease: !context.Facts.Version.IsFinal),
            cancellationToken);
        if (made.IsOk || !made.Error.IsAnswerLost)
            return made;
        var again = await session.Client.FindReleasesAsync(session.Name, tag, cancellationToken);
        return again is { IsOk: true, Value: [var late, ..] } ? late : made;
    }

    // What people wrote counts. Notes are a convenience otherwise: without them the release says its version, and the log says why.
    private static async Task<string> NotesAsync(StepContext context, GitHubSession session, TagName tag, CancellationToken cancellationToken)
    {
        if (context.Notes is { } written)
            return written;
        if (CommitSha.TryParse(context.Inputs.Text("commit") ?? context.Facts.BaseCommit, out var target))
        {
            var notes = await NotesFromGitHub.MakeAsync(session.Client, session.Name, context.Facts, tag, target, cancellationToken);
            if (notes.IsOk)
                return notes.Value;
            context.Log.Write($"GitHub makes no notes: {GitHubStepErrors.Words(notes.Error)}");
        }

        return NotesFromGitHub.Plain(context.Facts);
    }
}
