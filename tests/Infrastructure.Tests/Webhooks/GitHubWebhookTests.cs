using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Infrastructure.Tests.Running;
using ReleaseDashboard.Infrastructure.Webhooks;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Webhooks;

public sealed class GitHubWebhookTests
{
    private const string Secret = "a webhook secret";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"action":"completed","repository":{"full_name":"example/p"}}""");

    [Theory, DatabaseData]
    public async Task Delivery_SignedRightly_WakesTheWaitingStepAtOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var green = false;
        var step = new ScriptedStep { Sight = key => key == "two" && !green ? new Observation.Waiting("checks run", TimeSpan.FromHours(1), Evidence.None) : null };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.WaitingOutside);
        await engine.Get<SecretVault>().SetAsync(EngineHost.Maintainer, view.ProjectId, SecretName.GitHubWebhook, Secret, null, CancellationToken.None);
        green = true;
        (await engine.Get<GitHubWebhook>().ReceiveAsync(Body, Signature(), CancellationToken.None)).ShouldBe(WebhookResult.Accepted);
        await engine.WaitForAsync(release, ReleaseStatus.Published);
    }

    [Theory, DatabaseData]
    public async Task Delivery_SentAgain_WakesNobodyUntilItIsForgotten(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, new ScriptedStep());
        var view = await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        await engine.Get<SecretVault>().SetAsync(EngineHost.Maintainer, view.ProjectId, SecretName.GitHubWebhook, Secret, null, CancellationToken.None);
        var webhook = engine.Get<GitHubWebhook>();
        Task<WebhookResult> SendAsync(string what) => webhook.ReceiveAsync(BodyOf(what), Signature(body: BodyOf(what)), CancellationToken.None);

        (await SendAsync("one")).ShouldBe(WebhookResult.Accepted);
        (await SendAsync("one")).ShouldBe(WebhookResult.Repeated);
        (await SendAsync("two")).ShouldBe(WebhookResult.Accepted);
        var many = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SendAsync("three"))));
        many.Count(result => result == WebhookResult.Accepted).ShouldBe(1);
        many.Count(result => result == WebhookResult.Repeated).ShouldBe(7);
        // Without a good signature it is not even looked up, so nobody can use deliveries up.
        (await webhook.ReceiveAsync(BodyOf("four"), Signature("another secret", BodyOf("four")), CancellationToken.None)).ShouldBe(WebhookResult.Refused);
        (await SendAsync("four")).ShouldBe(WebhookResult.Accepted);
        // The same with the signature in other letters is the same.
        (await webhook.ReceiveAsync(BodyOf("four"), "sha256=" + Signature(body: BodyOf("four"))["sha256=".Length..].ToUpperInvariant(), CancellationToken.None)).ShouldBe(WebhookResult.Repeated);

        var old = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(8);
        var one = Convert.ToHexStringLower(SHA256.HashData(BodyOf("one")));
        await engine.Ledger.AppendAsync(db => db.WebhookReceipts.Where(receipt => receipt.Id.StartsWith(one)).ExecuteUpdateAsync(set => set.SetProperty(receipt => receipt.At, old)), CancellationToken.None);
        await engine.Get<NotificationHousekeeping>().SweepAsync(CancellationToken.None);
        (await SendAsync("one")).ShouldBe(WebhookResult.Accepted);
        (await SendAsync("two")).ShouldBe(WebhookResult.Repeated);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sha256=00")]
    [InlineData("sha1=5e0d8b1e7f")]
    [InlineData("sha1")]
    [InlineData("wrong key")]
    public async Task Delivery_NotSignedRightly_IsRefused(string? signature)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, new ScriptedStep());
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);
        await engine.Get<SecretVault>().SetAsync(EngineHost.Maintainer, view.ProjectId, SecretName.GitHubWebhook, Secret, null, CancellationToken.None);
        var given = signature switch
        {
            "wrong key" => Signature("another secret"),
            // Right, but with the hash that GitHub itself gave up.
#pragma warning disable CA5350 // The weak hash is the very thing that has to be refused.
            "sha1" => "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Body)),
#pragma warning restore CA5350
            _ => signature,
        };
        (await engine.Get<GitHubWebhook>().ReceiveAsync(Body, given, CancellationToken.None)).ShouldBe(WebhookResult.Refused);
    }

    [Theory, DatabaseData]
    public async Task Delivery_ThatIsRefused_IsAuditedWithItsReasonAndNotOnceEach(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, new ScriptedStep());
        var view = await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        var webhook = engine.Get<GitHubWebhook>();
        Task<WebhookResult> SendAsync(string? signature, byte[]? body = null) => webhook.ReceiveAsync(body ?? Body, signature, CancellationToken.None);
        (await SendAsync(Signature())).ShouldBe(WebhookResult.Refused);
        await engine.Get<SecretVault>().SetAsync(EngineHost.Maintainer, view.ProjectId, SecretName.GitHubWebhook, Secret, null, CancellationToken.None);

        for (var at = 0; at < 50; at++)
            (await SendAsync(Signature("another secret"))).ShouldBe(WebhookResult.Refused);
        (await SendAsync(null)).ShouldBe(WebhookResult.Refused);
        (await SendAsync("sha1=5e0d8b1e7f")).ShouldBe(WebhookResult.Refused);
        (await SendAsync(Signature())).ShouldBe(WebhookResult.Accepted);
        (await SendAsync(Signature())).ShouldBe(WebhookResult.Repeated);
        (await SendAsync(Signature(), Encoding.UTF8.GetBytes("{\"repository\":{\"full_name\":\"evil/\u202etxt\"}}"))).ShouldBe(WebhookResult.Refused);
        (await SendAsync(null, "no json"u8.ToArray())).ShouldBe(WebhookResult.Unreadable);

        await using var db = engine.Ledger.Read();
        var entries = await db.Audit.Where(entry => entry.Action == RefusedCall.OfWebhook).OrderBy(entry => entry.Sequence).ToListAsync();
        entries.Select(entry => (entry.ProjectId, entry.Subject, JsonDocument.Parse(entry.After!).RootElement.GetProperty("reason").GetString())).ShouldBe(
        [
            (view.ProjectId, "example/p", "no secret is stored"),
            (view.ProjectId, "example/p", "bad signature"),
            (view.ProjectId, "example/p", "no signature"),
            (view.ProjectId, "example/p", "signature with SHA-1"),
            (view.ProjectId, "example/p", "replay"),
            (null, "an unknown repository", "no project"),
            (null, "no repository", "unreadable"),
        ]);
        entries.ShouldAllBe(entry => entry.ActorKind == "webhook" && !entry.After!.Contains("evil"));
    }

    [Fact]
    public async Task Delivery_WhoseSecretWasMovedFromAnotherProject_IsRefusedAndAudited()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, new ScriptedStep());
        var view = await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        var (vault, other) = (engine.Get<SecretVault>(), Guid.CreateVersion7());
        foreach (var project in new[] { view.ProjectId, other })
            await vault.SetAsync(EngineHost.Maintainer, project, SecretName.GitHubWebhook, Secret, null, CancellationToken.None);
        await engine.Ledger.AppendAsync(
            async db =>
            {
                var stolen = await db.Secrets.Where(secret => secret.ProjectId == other).Select(secret => secret.Ciphertext).SingleAsync();
                await db.Secrets.Where(secret => secret.ProjectId == view.ProjectId).ExecuteUpdateAsync(set => set.SetProperty(secret => secret.Ciphertext, stolen));
            },
            CancellationToken.None);

        (await engine.Get<GitHubWebhook>().ReceiveAsync(Body, Signature(), CancellationToken.None)).ShouldBe(WebhookResult.Refused);

        await using var read = engine.Ledger.Read();
        (await read.Audit.SingleAsync(entry => entry.Action == RefusedCall.OfWebhook)).After.ShouldNotBeNull().ShouldContain("secret cannot be decrypted");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"repository\":3}")]
    public async Task Delivery_ThatIsNoEvent_IsUnreadable(string body)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, new ScriptedStep());
        (await engine.Get<GitHubWebhook>().ReceiveAsync(Encoding.UTF8.GetBytes(body), null, CancellationToken.None)).ShouldBe(WebhookResult.Unreadable);
    }

    private static byte[] BodyOf(string what) => Encoding.UTF8.GetBytes($$$"""{"action":"{{{what}}}","repository":{"full_name":"example/p"}}""");

    private static string Signature(string secret = Secret, byte[]? body = null) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body ?? Body));
}
