using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Holds the tags of production against what people saw when they approved: a tag that somebody else has moved since stays where it is.</summary>
/// <param name="moves">Null where the playbook shows no tags.</param>
internal sealed class ApprovedTags(TagMoves? moves)
{
    public static Result<ApprovedTags, StepError> Of(string? text) => text is null ? new ApprovedTags(null)
        : TagMoves.TryParse(text, out var moves) ? new ApprovedTags(moves)
        : new StepError("bad-input", "The input 'tags' cannot be used.", "It is not what images.tags hands on.", "Correct the input and resume.");

    /// <summary>Why a tag may not be put where it is to go, or null.</summary>
    /// <param name="now">What it points to.</param>
    public StepError? Fault(RegistryChoice choice, TagTarget target, ContentDigest? now)
    {
        // A tag of this version is never moved, and one that is there as wanted needs nothing.
        if (moves is null || target.IsVersion || now == target.Digest)
            return null;
        if (moves.Find(target.Tag) is not { } approved || approved.To != target.Digest)
            return Error(choice, target, "It was not among the tags that were approved.", "Correct the playbook: what is approved is what images.tags says.");
        return approved.Now == now ? null : Error(
            choice, target, $"It points to {Say(now)}; when it was approved it pointed to {Say(approved.Now)}.",
            $"Find out who else publishes there. {(approved.Now is null ? "Take the tag away again" : "Put the tag back")} and retry, or abort and start again, so that the move from where it is now is approved.");
    }

    /// <summary>The first tag that somebody has moved, as a finding; null when all are where they were.</summary>
    public async Task<Observation?> FindAsync(RegistryChoice choice, RegistryRepository repository, IReadOnlyList<TagTarget> targets, CancellationToken cancellationToken)
    {
        if (moves is null)
            return null;
        foreach (var target in targets)
        {
            var head = await repository.HeadAsync(target.Tag, cancellationToken);
            if (!head.IsOk)
                return ContainerStepErrors.Seen(head.Error, $"{target.Tag} in {choice.Title} cannot be looked at.");
            if (Fault(choice, target, head.Value?.Digest) is { } fault)
                return new Observation.Different(fault, Evidence.Of(new EvidenceItem($"found: {target.Tag}", EvidenceKind.Digest, head.Value?.Digest.Value ?? "nothing")));
        }
        return null;
    }

    private static string Say(ContentDigest? digest) => digest?.Value ?? "nothing";

    private static StepError Error(RegistryChoice choice, TagTarget target, string why, string whatToDo) =>
        new("production-moved", $"{choice.Repository}:{target.Tag} is not moved.", why, whatToDo);
}
