using System.CommandLine;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Packs;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.CommandLine;

internal static class AuditPackVerb
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Evidence of a release, JSON or HTML." };
        var key = new Option<FileInfo?>("--key") { Description = "Public key (PEM) to trust; without it those in the data folder." };
        var verify = new Command("verify-pack", "Check a release's evidence, without the ledger it came from. Exit code 0 when it holds, 1 when not.") { file, key };
        // Not as the other verbs: a reader of a pack has no ledger, and gets none made.
        verify.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetValue(file)!, parse.GetValue(key), cancellationToken));
        return verify;
    }

    private static async Task<int> RunAsync(ParseResult parse, FileInfo file, FileInfo? key, CancellationToken cancellationToken)
    {
        var (output, errors) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
        var (text, pem) = (await CommandFile.ReadAsync(file, cancellationToken), await CommandFile.ReadAsync(key, cancellationToken));
        if (!text.IsOk || !pem.IsOk)
        {
            await errors.WriteLineAsync(text.Error ?? pem.Error);
            return 1;
        }
        try
        {
            var options = DashboardOptionsReader.Read(CommandConfiguration.Read(parse));
            var trusted = new Dictionary<string, string>(new CheckpointKeys(options.KeyFolder).Public(), StringComparer.Ordinal);
            if (pem.Value.Text is { } given)
                trusted[CheckpointKeys.IdOf(given)] = given;
            return Report(output, EvidenceCheck.Run(text.Value.Text!, trusted));
        }
        catch (ConfigurationException exception)
        {
            return CommandRun.Report(errors, exception);
        }
        catch (ArgumentException)
        {
            await errors.WriteLineAsync($"{key} holds no public key.");
            return 1;
        }
    }

    private static int Report(TextWriter output, EvidenceVerdict verdict)
    {
        if (verdict.Pack is { } pack)
            output.WriteLine($"{pack.Release.Project} {pack.Release.Version}, {pack.Release.Status}: {pack.Audit.Count} audit entries, checkpoint signed by key {verdict.KeyId ?? "none"}");
        foreach (var fault in verdict.Faults)
            output.WriteLine(fault);
        if (verdict.Faults.Count == 0 && !verdict.IsKeyKnown)
            output.WriteLine($"The file is whole in itself, but its key {verdict.KeyId} is not known here. Give the public key of whoever made it with --key.");
        if (verdict.Holds)
            output.WriteLine("The evidence holds.");
        return verdict.Holds ? 0 : 1;
    }
}
