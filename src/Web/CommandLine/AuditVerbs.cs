using System.CommandLine;
using ReleaseDashboard.Infrastructure.Audit;

namespace ReleaseDashboard.Web.CommandLine;

internal static class AuditVerbs
{
    public static Command Create()
    {
        var verify = new Command("verify", "Check the whole audit trail. Exit code 0 when it is intact, 1 when not.");
        verify.SetAction(CommandRun.Action(async (run, _, cancellationToken) =>
        {
            var result = await run.Get<AuditVerify>().RunAsync(cancellationToken);
            run.Say($"entries:   {result.Entries}");
            run.Say($"head:      {result.Head}");
            run.Say($"first bad: {(result.FirstBad is { } bad ? $"{bad} ({result.Reason})" : "none")}");
            return result.Intact ? 0 : 1;
        }));
        return new Command("audit", "The audit trail.") { verify };
    }
}
