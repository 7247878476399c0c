using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Secrets;

/// <summary>What the worker hands to steps, and what of it comes out again.</summary>
public sealed class AttemptSecretsTests
{
    private const string Token = "pypi-AgEIcHlwaS5vcmc/+\"secret\"";

    [Theory, DatabaseData]
    public async Task Secret_QuotedByAStep_IsInNoEvidenceErrorOrLog(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new SecretStep(async (context, cancellationToken) =>
        {
            var token = await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken);
            context.Log.Write($"raw {token}");
            context.Log.Write($"base64 {Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + token))}");
            return new ActResult.Failed(new StepError("remote", $"The remote said {token}.", $"url {Uri.EscapeDataString(token!)}", "Look.", [$"json {JsonSerializer.Serialize(token)}"]));
        });
        var (engine, release) = await StartAsync(database, step, null, (SecretName.GitHubToken, Token));
        await using var _ = engine;

        var view = await engine.WaitForAsync(release, ReleaseStatus.Failed);

        view.Current.Error!.What.ShouldBe("The remote said ***.");
        view.Current.Error.Why.ShouldBe("url ***");
        view.Current.Error.Lines.ShouldHaveSingleItem().ShouldContain("***");
        await ShouldHoldNoSecretAsync(engine, view);
    }

    [Fact]
    public async Task Secret_InEvidence_IsHiddenThere()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var step = new SecretStep(async (context, cancellationToken) =>
        {
            var token = await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken);
            return new ActResult.Acted { Evidence = Evidence.Of(new EvidenceItem("answer", EvidenceKind.Link, $"ok {token}", $"https://x:{token}@example.org/")) };
        });
        var (engine, release) = await StartAsync(database, step, null, (SecretName.GitHubToken, Token));
        await using var _ = engine;

        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);

        view.Steps.Single().Evidence!["answer"].ShouldBe("ok ***");
        await ShouldHoldNoSecretAsync(engine, view);
    }

    [Fact]
    public async Task Secret_InAnException_IsInNoLogOfTheServerAndNoError()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var step = new SecretStep(async (context, cancellationToken) =>
            throw new InvalidDataException($"bad answer to {await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken)}"));
        using var console = new ConsoleCapture();
        var (engine, release) = await StartAsync(database, step, null, (SecretName.GitHubToken, Token));
        ReleaseView view;
        await using (engine)
        {
            view = await engine.WaitForAsync(release, ReleaseStatus.Failed);
            await ShouldHoldNoSecretAsync(engine, view);
        }

        view.Current.Error!.Code.ShouldBe("unexpected");
        console.Text.ShouldContain("bad answer to ***");
        console.Text.ShouldNotContain(Token);
    }

    [Theory]
    [InlineData("production", SecretName.TestIndexPassword)]
    [InlineData("test", SecretName.ProductionIndexPassword)]
    public async Task Secret_OfTheOtherIndex_IsRefused(string index, string name)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        string? got = "nothing was asked";
        var step = new SecretStep(async (context, cancellationToken) =>
        {
            got = await context.Secrets.ReadAsync(name, cancellationToken);
            return new ActResult.Acted();
        });
        var (engine, release) = await StartAsync(database, step, index, (name, Token));
        await using var _ = engine;

        var view = await engine.WaitForAsync(release, ReleaseStatus.Failed);

        view.Current.Error!.Code.ShouldBe("secret-refused");
        got.ShouldBe("nothing was asked");
    }

    [Theory, DatabaseData]
    public async Task Secret_ForOtherKindsOfSteps_IsNotHandedOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string? got = "nothing was asked";
        var step = new SecretStep(async (context, cancellationToken) =>
        {
            got = await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken);
            return new ActResult.Acted();
        });
        var (engine, release) = await StartAsync(database, step, null, (SecretName.GitHubToken, Token), "github.*");
        await using var _ = engine;

        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);

        got.ShouldBeNull();
        (await LogAsync(engine, view)).ShouldContain("The secret github-token is not for steps of kind test.secret");
        (await engine.Get<SecretVault>().ListAsync(view.ProjectId, CancellationToken.None)).ShouldHaveSingleItem().UsedAt.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Secret_OfAnotherProject_IsNotHandedOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string? got = "nothing was asked";
        var step = new SecretStep(async (context, cancellationToken) =>
        {
            got = await context.Secrets.ReadAsync(SecretName.ProductionIndexPassword, cancellationToken);
            return new ActResult.Acted();
        });
        var held = true;
        step.Sight = () => held ? new Observation.Waiting("the test", TimeSpan.FromHours(1), Evidence.None) : null;
        var (engine, release) = await StartAsync(database, step, null, (SecretName.GitHubToken, Token));
        await using var _ = engine;
        await engine.WaitForAsync(release, ReleaseStatus.WaitingOutside);
        // The other project's secret has the very name that is asked for, and is meant for this kind of step.
        await engine.Get<SecretVault>().SetAsync(EngineHost.Maintainer, Guid.CreateVersion7(), SecretName.ProductionIndexPassword, "another project's token", null, CancellationToken.None, ["test.secret"]);
        held = false;
        (await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "use", new Dictionary<string, string>(), null, CancellationToken.None)).Message.ShouldBe("");

        await engine.WaitForAsync(release, ReleaseStatus.Published);

        got.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Secret_ReplacedWhileAReleaseWaits_IsUsedByTheNextAttemptWithoutRestart(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var used = new List<string?>();
        var step = new SecretStep(async (context, cancellationToken) =>
        {
            used.Add(await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken));
            return used.Count == 1 ? new ActResult.Failed(new StepError("wrong-token", "401", "", "Replace it.")) : new ActResult.Acted();
        });
        var (engine, release) = await StartAsync(database, step, null, (SecretName.GitHubToken, "the old token"));
        await using var _ = engine;
        var view = await engine.WaitForAsync(release, ReleaseStatus.Failed);

        (await engine.Get<SecretActions>().StoreAsync(Core.People.Actor.System, view.ProjectId, new SecretEntry(SecretName.GitHubToken, "the new token", null, []), CancellationToken.None)).Message.ShouldBe("");
        (await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "use", new Dictionary<string, string>(), null, CancellationToken.None)).Message.ShouldBe("");
        await engine.WaitForAsync(release, ReleaseStatus.Published);

        used.ShouldBe(["the old token", "the new token"]);
        (await engine.Get<SecretVault>().ListAsync(view.ProjectId, CancellationToken.None)).ShouldHaveSingleItem().UsedAt.ShouldNotBeNull();
    }

    [Theory, DatabaseData]
    public async Task Secret_RowMovedToAnotherProject_StopsTheStepWithTheReason(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new SecretStep(async (context, cancellationToken) =>
        {
            await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken);
            return new ActResult.Acted();
        });
        var held = true;
        step.Sight = () => held ? new Observation.Waiting("the test", TimeSpan.FromHours(1), Evidence.None) : null;
        var (engine, release) = await StartAsync(database, step, null, (SecretName.GitHubToken, Token));
        await using var _ = engine;
        var view = await engine.WaitForAsync(release, ReleaseStatus.WaitingOutside);
        // Another project's secret, as somebody with the database but without rights would use it.
        var other = Guid.CreateVersion7();
        await engine.Get<SecretVault>().SetAsync(EngineHost.Maintainer, other, SecretName.GitHubToken, "another project's token", null, CancellationToken.None);
        await engine.Ledger.AppendAsync(
            async db =>
            {
                var stolen = await db.Secrets.Where(secret => secret.ProjectId == other).Select(secret => secret.Ciphertext).SingleAsync();
                await db.Secrets.Where(secret => secret.ProjectId == view.ProjectId).ExecuteUpdateAsync(set => set.SetProperty(secret => secret.Ciphertext, stolen));
            },
            CancellationToken.None);
        held = false;
        (await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "use", new Dictionary<string, string>(), null, CancellationToken.None)).Message.ShouldBe("");

        var failed = await engine.WaitForAsync(release, ReleaseStatus.Failed);
        failed.Current.Error!.Code.ShouldBe("secret-unreadable");
    }

    private static async Task<(EngineHost Engine, Guid Release)> StartAsync(TestDatabase database, SecretStep step, string? index, (string Name, string Value) secret, params string[] kinds)
    {
        // The secret must be there before the first attempt: the step waits until it is.
        var sight = step.Sight;
        var ready = false;
        step.Sight = () => ready ? sight() : new Observation.Waiting("the secret", TimeSpan.FromHours(1), Evidence.None);
        var engine = await EngineHost.StartAsync(database.Options, SecretStep.Playbook(index), step);
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.WaitingOutside);
        IReadOnlyList<string> scope = kinds.Length > 0 ? kinds : ["test.secret"];
        await engine.Get<SecretVault>().SetAsync(EngineHost.Maintainer, view.ProjectId, secret.Name, secret.Value, null, CancellationToken.None, scope);
        ready = true;
        (await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "use", new Dictionary<string, string>(), null, CancellationToken.None)).Message.ShouldBe("");
        return (engine, release);
    }

    private static async Task<string> LogAsync(EngineHost engine, ReleaseView view)
    {
        var text = new StringBuilder();
        await using var db = engine.Ledger.Read();
        foreach (var attempt in await db.Attempts.Where(attempt => attempt.ReleaseId == view.Id).Select(attempt => attempt.Id).ToListAsync())
        {
            await foreach (var lines in engine.Get<LogStore>().ReadAsync(attempt, 1, CancellationToken.None))
                text.AppendJoin('\n', lines.Lines).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>No form of the token stands anywhere in the database.</summary>
    private static async Task ShouldHoldNoSecretAsync(EngineHost engine, ReleaseView view)
    {
        await using var db = engine.Ledger.Read();
        var everything = string.Join(
            '\n',
            [
                await LogAsync(engine, view), JsonSerializer.Serialize(view),
                .. await db.Audit.Select(entry => entry.Before + entry.After).ToListAsync(),
                .. (await db.Attempts.ToListAsync()).Select(attempt => JsonSerializer.Serialize(attempt)),
                .. (await db.Steps.ToListAsync()).Select(record => JsonSerializer.Serialize(new { record.Reason, record.Error, record.Evidence })),
            ]);
        foreach (var form in SecretForms.Of(Token))
            everything.ShouldNotContain(form, Case.Sensitive);
    }

    /// <summary>What the process writes to its standard output while the test runs.</summary>
    private sealed class ConsoleCapture : IDisposable
    {
        private readonly TextWriter before = Console.Out;
        private readonly StringWriter taken = new();

        public ConsoleCapture() => Console.SetOut(TextWriter.Synchronized(taken));

        public string Text => taken.ToString();

        public void Dispose()
        {
            Console.SetOut(before);
            taken.Dispose();
        }
    }
}
