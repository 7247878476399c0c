using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Infrastructure.Tests.Notifications;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Secrets;

public sealed class SecretStorageTests
{
    private static readonly Guid Project = Guid.CreateVersion7();
    private static readonly Actor Maintainer = Actor.Person("maintainer", Roles.Maintainer);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Database_WithoutItsKey_GivesNothingAway(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await new SecretVault(database.Ledger, new EphemeralDataProtectionProvider()).SetAsync(Maintainer, Project, SecretName.GitHubToken, "the very secret", null, Stop);
        var thief = new SecretVault(database.Ledger, new EphemeralDataProtectionProvider());
        await Should.ThrowAsync<CryptographicException>(() => thief.ReadAsync(Project, SecretName.GitHubToken, Stop));
        await using var db = database.Ledger.Read();
        (await db.Secrets.Select(secret => secret.Ciphertext).SingleAsync(Stop)).ShouldNotContain("secret");
    }

    [Theory, DatabaseData]
    public async Task Ciphertext_MovedToAnotherNameOrProject_CannotBeRead(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var vault = new SecretVault(database.Ledger, new EphemeralDataProtectionProvider());
        var other = Guid.CreateVersion7();
        await vault.SetAsync(Maintainer, Project, SecretName.TestIndexPassword, "for the test index", null, Stop);
        await vault.SetAsync(Maintainer, Project, SecretName.ProductionIndexPassword, "for production", null, Stop);
        await vault.SetAsync(Maintainer, other, SecretName.TestIndexPassword, "of another", null, Stop);
        await database.Ledger.AppendAsync(
            async db =>
            {
                var test = await db.Secrets.Where(secret => secret.ProjectId == Project && secret.Name == SecretName.TestIndexPassword).Select(secret => secret.Ciphertext).SingleAsync(Stop);
                await db.Secrets.Where(secret => secret.Name == SecretName.ProductionIndexPassword || secret.ProjectId == other).ExecuteUpdateAsync(set => set.SetProperty(secret => secret.Ciphertext, test), Stop);
            },
            Stop);
        await Should.ThrowAsync<CryptographicException>(() => vault.ReadAsync(Project, SecretName.ProductionIndexPassword, Stop));
        await Should.ThrowAsync<CryptographicException>(() => vault.ReadAsync(other, SecretName.TestIndexPassword, Stop));
        (await vault.ReadAsync(Project, SecretName.TestIndexPassword, Stop)).ShouldBe("for the test index");
    }

    [Fact]
    public async Task Store_SameValueForTestAndProduction_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var vault = new SecretVault(database.Ledger, new EphemeralDataProtectionProvider());
        var actions = new SecretActions(database.Ledger, vault, new RefusalTrail(database.Ledger, TimeProvider.System));
        Task<Infrastructure.Releases.ActionResult> StoreAsync(string name, string? value, Actor? actor = null, params string[] kinds) =>
            actions.StoreAsync(actor ?? Maintainer, Project, new SecretEntry(name, value, null, kinds), Stop);

        (await StoreAsync(SecretName.TestIndexPassword, "pypi-one")).Message.ShouldBe("");
        (await StoreAsync(SecretName.ProductionIndexPassword, " pypi-one\n")).Message.ShouldContain("never used for publishing");
        (await StoreAsync(SecretName.ProductionIndexPassword, "pypi-two")).Message.ShouldBe("");
        (await StoreAsync(SecretName.TestIndexPassword, "pypi-two")).IsDone.ShouldBeFalse();
        (await StoreAsync("unknown", "x")).IsDone.ShouldBeFalse();
        (await StoreAsync(SecretName.GitHubToken, "value", null, "no kind!")).IsDone.ShouldBeFalse();
        (await StoreAsync(SecretName.GitHubToken, "value", Actor.Person("vera", Roles.Viewer | Roles.Reviewer))).Refusal.ShouldBe(Infrastructure.Releases.Refusal.NotAllowed);
        // Only another scope, and the value stays.
        (await StoreAsync(SecretName.TestIndexPassword, null, null, "pypi.upload")).Message.ShouldBe("");
        (await vault.ReadAsync(Project, SecretName.TestIndexPassword, Stop)).ShouldBe("pypi-one");
        (await actions.RemoveAsync(Maintainer, Project, SecretName.TestIndexPassword, Stop)).Message.ShouldBe("");
        (await vault.ReadAsync(Project, SecretName.TestIndexPassword, Stop)).ShouldBeNull();
        await using var db = database.Ledger.Read();
        (await db.Audit.Select(entry => entry.Before + entry.After).ToListAsync(Stop)).ShouldAllBe(text => !text.Contains("pypi-"));
    }

    [Theory, DatabaseData]
    public async Task Expiry_WarnsOnceTwoWeeksAndOnceThreeDaysBefore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var clock = new TestClock();
        var ledger = database.OpenStore(database.Changes, clock);
        var vault = new SecretVault(ledger, new EphemeralDataProtectionProvider());
        var expiry = new SecretExpiry(ledger, clock);
        await vault.SetAsync(Maintainer, Project, SecretName.GitHubToken, "value", clock.GetUtcNow().AddDays(20), Stop);
        await vault.SetAsync(Maintainer, Project, SecretName.GitHubWebhook, "value", null, Stop);

        (await expiry.WarnAsync(Stop)).ShouldBe(0);
        clock.Advance(TimeSpan.FromDays(7));
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => expiry.WarnAsync(Stop))))).Sum().ShouldBe(1);
        (await expiry.WarnAsync(Stop)).ShouldBe(0);
        clock.Advance(TimeSpan.FromDays(11));
        (await expiry.WarnAsync(Stop)).ShouldBe(1);
        (await expiry.WarnAsync(Stop)).ShouldBe(0);
        clock.Advance(TimeSpan.FromDays(30));
        (await expiry.WarnAsync(Stop)).ShouldBe(0);
        // Its successor is warned of anew.
        await vault.SetAsync(Maintainer, Project, SecretName.GitHubToken, "next", clock.GetUtcNow().AddDays(1), Stop);
        (await expiry.WarnAsync(Stop)).ShouldBe(1);
    }
}
