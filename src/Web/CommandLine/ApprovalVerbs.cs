using System.CommandLine;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.CommandLine;

internal static class ApprovalVerbs
{
    public static Command Create() => new("approval", "See, give and refuse approvals.") { Show(), Decide("approve", Verdict.Approved), Decide("reject", Verdict.Rejected) };

    private static Command Show()
    {
        var id = Release();
        var show = new Command("show", "Show what a release asks people to approve, and who signed.") { id };
        show.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<ReleaseQueries>().FindAsync(parse.GetValue(id), cancellationToken) is not { } release)
                return run.Fail("There is no such release.");
            foreach (var step in release.Steps)
            {
                if (step.Approval is { } approval)
                    Write(run, step, approval);
            }
            return 0;
        }));
        return show;
    }

    private static Command Decide(string name, Verdict verdict)
    {
        var id = Release();
        var step = new Argument<string>("step") { Description = "The step's id." };
        var digest = new Option<string>("--digest") { Description = "Digest of the evidence that was looked at, from 'approval show'.", Required = true };
        var comment = new Option<string?>("--comment") { Description = verdict == Verdict.Rejected ? "Why." : "What to say with it.", Required = verdict == Verdict.Rejected };
        var decide = new Command(name, verdict == Verdict.Approved ? "Approve exactly the evidence with this digest." : "Reject the evidence with this digest.") { id, step, digest, comment, UserOption.Create("Who decides.") };
        decide.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            await UserOption.ReadAsync(run, parse, cancellationToken) is { } actor
                ? run.Report(
                    await run.Get<DecideApproval>().RunAsync(actor, parse.GetValue(id), parse.GetValue(step)!, verdict, parse.GetValue(digest)!, parse.GetValue(comment), cancellationToken),
                    verdict == Verdict.Approved ? "Approved." : "Rejected.")
                : 1));
        return decide;
    }

    private static Argument<Guid> Release() => new("release") { Description = "The release's id." };

    private static void Write(CommandRun run, StepView step, ApprovalView approval)
    {
        run.Say($"{step.Key}: {step.Title}, {Words.Of(step.Status)}");
        run.Say($"  digest {approval.EvidenceDigest}");
        foreach (var item in step.Evidence?.Items ?? [])
            run.Say($"  {item.Name,-14} {item.Value.ReplaceLineEndings(" ")}");
        foreach (var slot in approval.Signatures)
            run.Say($"  needs {slot.Requirement.Words}: {(slot.SignedBy.Count == 0 ? "nobody signed" : string.Join(", ", slot.SignedBy))}, {slot.Missing} missing");
        if (approval.Voided is { } voided)
            run.Say($"  an earlier approval is void: {string.Join("; ", voided.Changes.Select(change => $"{change.Item} changed"))}");
    }
}
