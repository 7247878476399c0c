using System.CommandLine;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;

namespace ReleaseDashboard.Web.CommandLine;

internal static class AuditVerbs
{
    public static Command Create() => new("audit", "The audit trail.")
    {
        Verify(), AuditExportVerb.Create(), Checkpoint(), Keys(), RotateKey(), AuditPackVerb.Create(),
    };

    private static Command Verify()
    {
        var checkpoint = new Option<FileInfo?>("--checkpoint") { Description = "File of checkpoints that was kept elsewhere." };
        var key = new Option<FileInfo?>("--key") { Description = "Public key (PEM) to trust for them; without it those in the data folder." };
        var verify = new Command("verify", "Check the whole audit trail. Exit code 0 when it is intact, 1 when not.") { checkpoint, key };
        verify.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await CommandFile.ReadAsync(parse.GetValue(checkpoint), cancellationToken) is not { IsOk: true } checkpoints)
                return run.Fail($"{parse.GetValue(checkpoint)} cannot be read.");
            if (await CommandFile.ReadAsync(parse.GetValue(key), cancellationToken) is not { IsOk: true } pem)
                return run.Fail($"{parse.GetValue(key)} cannot be read.");
            try
            {
                var result = await run.Get<AuditVerify>().RunAsync(new AuditVerifyRequest(checkpoints.Value.Text, pem.Value.Text), null, cancellationToken);
                run.Say($"entries:   {result.Entries}");
                run.Say($"head:      {result.Head}");
                run.Say($"root:      {result.Root}");
                run.Say($"signed:    {result.Checkpoints} checkpoints fit");
                run.Say($"first bad: {(result.FirstBad is { } bad ? $"{bad} ({result.Reason})" : "none")}");
                foreach (var finding in result.Findings)
                {
                    run.Say("");
                    run.Say(finding.What);
                    run.Say($"  {finding.WhatToDo}");
                }
                return result.Intact ? 0 : 1;
            }
            catch (ArgumentException)
            {
                return run.Fail($"{parse.GetValue(key)} holds no public key.");
            }
        }));
        return verify;
    }

    private static Command Checkpoint()
    {
        var checkpoint = new Command("checkpoint", "Sign the trail as it is now and print the checkpoint, to be kept elsewhere.");
        checkpoint.SetAction(CommandRun.Action(async (run, _, cancellationToken) =>
        {
            var made = await run.Get<CheckpointMaker>().MakeAsync(cancellationToken);
            if (!made.IsOk)
                return run.Fail(made.Error.Message);
            await run.Output.WriteAsync(made.Value.Text.AsMemory(), cancellationToken);
            return 0;
        }));
        return checkpoint;
    }

    private static Command Keys()
    {
        var keys = new Command("keys", "Print the public keys of the checkpoints, former ones included.");
        keys.SetAction(CommandRun.Action((run, _, _) =>
        {
            foreach (var (id, pem) in run.Get<CheckpointKeys>().Public())
                run.Say($"key: {id}\n{pem}");
            return Task.FromResult(0);
        }));
        return keys;
    }

    private static Command RotateKey()
    {
        var rotate = new Command("rotate-key", "Put a new signing key in the place of the old one. Old checkpoints stay good.");
        rotate.SetAction(CommandRun.Action(async (run, _, cancellationToken) =>
        {
            var result = await run.Get<RotateCheckpointKey>().RunAsync(cancellationToken);
            return result.IsOk ? run.Say($"The key {result.Value} signs from now on. Keep its public half (audit keys) where the checkpoints are kept.") : run.Fail(result.Error.Message);
        }));
        return rotate;
    }
}
