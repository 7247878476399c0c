using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Notifications;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.CommandLine;

/// <summary>Groups, channels and checkpoints on the command line: what each verb does and what it refuses.</summary>
public sealed class PeopleVerbsTests
{
    [Fact]
    public async Task Groups_ByVerbs_AreMadeFilledRenamedAndRemoved()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.AddUserAsync("mia", Roles.Viewer);
        var verbs = new Verbs(dashboard.Database.DataFolder);

        (await verbs.DoneAsync("group", "add", "security", "--description", "Looks for holes")).ShouldBe("Added security.");
        (await verbs.RefusedAsync("group", "add", "Security")).ShouldBe("There is a group Security already.");
        (await verbs.DoneAsync("group", "join", "security", "mia")).ShouldBe("Added to security.");
        (await verbs.RefusedAsync("group", "join", "security", "nobody")).ShouldBe("There is no account nobody.");
        (await verbs.DoneAsync("group", "rename", "security", "guards")).ShouldBe("Renamed security.");
        (await verbs.RefusedAsync("group", "rename", "security", "guards")).ShouldBe("There is no group security.");
        (await verbs.DoneAsync("group", "list")).ShouldMatch("^guards +mia$");
        (await verbs.DoneAsync("group", "leave", "guards", "mia")).ShouldBe("Taken out of guards.");
        (await verbs.RefusedAsync("group", "leave", "guards", "mia")).ShouldBe("mia is not in guards.");
        (await verbs.DoneAsync("group", "delete", "guards")).ShouldBe("Deleted guards.");
        (await verbs.RefusedAsync("group", "delete", "guards")).ShouldBe("There is no group guards.");
        (await verbs.DoneAsync("group", "list")).ShouldBe("");
    }

    [Fact]
    public async Task Channel_ByVerbs_IsSwitchedAndRefusedWhereItIsNot()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.AddUserAsync("mia", Roles.Viewer);
        await dashboard.AddUserAsync("vera", Roles.Viewer);
        var verbs = new Verbs(dashboard.Database.DataFolder);
        (await verbs.RefusedAsync("channel", "add", "email", "ops", "--address", "nonsense", "--user", "mia")).ShouldContain("An e-mail address looks like");
        (await verbs.RefusedAsync("channel", "add", "email", "ops", "--address", "ops@example.org", "--user", "nobody")).ShouldBe("There is no account nobody.");
        var told = await verbs.DoneAsync("channel", "add", "email", "ops", "--address", "ops@example.org", "--user", "mia");
        var id = told.Split('\n')[0];
        told.ShouldBe($"{id}\nops@example.org is not confirmed yet, and nothing goes there before: no mail server is set up here. Once one is, have the confirmation message sent again.");

        (await verbs.DoneAsync("channel", "off", id, "--user", "mia")).ShouldBe("Done.");
        (await verbs.DoneAsync("channel", "list", "--user", "mia")).ShouldEndWith(" off");
        (await verbs.DoneAsync("channel", "on", id, "--user", "mia")).ShouldBe("Done.");
        (await verbs.DoneAsync("channel", "list", "--user", "mia")).ShouldEndWith(" not confirmed, no message went out");
        foreach (var verb in new[] { "on", "off", "test", "send-confirmation", "remove" })
            (await verbs.RefusedAsync("channel", verb, id, "--user", "vera")).ShouldBe("There is no such channel.", verb);
        (await verbs.RefusedAsync("channel", "off", id, "--project", "none")).ShouldBe("There is no project none.");
        (await verbs.DoneAsync("channel", "remove", id, "--user", "mia")).ShouldBe("Removed.");
    }

    [Fact]
    public async Task EmailChannel_ByVerbs_IsConfirmedWithTheMailedCode()
    {
        await using var server = SmtpReceiver.Start();
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.AddUserAsync("mia", Roles.Viewer);
        var verbs = new Verbs(dashboard.Database.DataFolder);
        string[] mail = ["--user", "mia", "--set", "Mail:Host=127.0.0.1", "--set", $"Mail:Port={server.Port}", "--set", "Mail:Security=none", "--set", "Mail:From=releases@example.org", "--set", "PublicUrl=https://releases.example.org"];

        var told = await verbs.DoneAsync(["channel", "add", "email", "ops", "--address", "ops@example.org", .. mail]);
        var id = told.Split('\n')[0];
        told.ShouldEndWith("ops@example.org is not confirmed yet: open the link we mailed there, within 24 hours. Nothing else goes there before.");
        (await server.NextAsync()).To.ShouldBe("ops@example.org");
        (await verbs.DoneAsync(["channel", "list", .. mail])).ShouldContain(" not confirmed, link mailed 20");
        (await verbs.RefusedAsync(["channel", "test", id, .. mail])).ShouldStartWith("ops@example.org is not confirmed yet");
        (await verbs.DoneAsync(["channel", "send-confirmation", id, .. mail])).ShouldBe("Sent.");
        var code = ConfirmationLink.In(await server.NextAsync()).Code;
        (await verbs.RefusedAsync(["channel", "confirm", id, "guessed", .. mail])).ShouldStartWith("This link does not count");
        (await verbs.DoneAsync(["channel", "confirm", id, code, .. mail])).ShouldBe("Confirmed.");
        (await verbs.DoneAsync(["channel", "test", id, .. mail])).ShouldBe("It got through.");
        (await server.NextAsync()).Part("text/plain").ShouldContain("A test of the channel ops");
        (await verbs.RefusedAsync(["channel", "send-confirmation", id, .. mail])).ShouldStartWith("There is nothing to confirm");
    }

    [Fact]
    public async Task Refusals_OfTwoVerbsInAMinute_AreBothInTheTrail()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.AddUserAsync("mia", Roles.Viewer);
        var verbs = new Verbs(dashboard.Database.DataFolder);
        foreach (var _ in new[] { 1, 2 })
            (await verbs.RefusedAsync("channel", "remove", Guid.Empty.ToString(), "--user", "mia")).ShouldBe("There is no such channel.");
        await using var db = dashboard.Database.Ledger.Read();
        (await db.Audit.CountAsync(entry => entry.Action == "channel.refuse" && entry.Subject == "mia")).ShouldBe(2);
    }

    [Fact]
    public async Task Checkpoint_Printed_IsVerifiedAndItsKeyRotated()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        var verbs = new Verbs(dashboard.Database.DataFolder);
        (await verbs.RefusedAsync("audit", "checkpoint")).ShouldBe("There is no entry to sign yet.");
        await dashboard.AddUserAsync("mia", Roles.Viewer);

        var (code, text, _) = await verbs.RunAsync("audit", "checkpoint");
        code.ShouldBe(0);
        var signed = SignedCheckpoint.Read(text).ShouldNotBeNull();
        var keys = await verbs.DoneAsync("audit", "keys");
        keys.ShouldContain($"key: {signed.Checkpoint.KeyId}");
        keys.ShouldContain("BEGIN PUBLIC KEY");
        var file = Path.Combine(dashboard.Database.DataFolder, "kept.txt");
        await File.WriteAllTextAsync(file, text);
        (await verbs.DoneAsync("audit", "rotate-key")).ShouldContain("signs from now on");
        (await verbs.DoneAsync("audit", "verify", "--checkpoint", file)).ShouldContain("first bad: none");
        (await verbs.RefusedAsync("audit", "verify", "--checkpoint", file + ".gone")).ShouldContain("cannot be read");
        (await verbs.RefusedAsync("audit", "verify", "--key", file)).ShouldContain("holds no public key");

        // An entry changes, as whoever owns the database can make it change.
        await using (var db = dashboard.Database.Ledger.Read())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER audit_no_update");
            await db.Database.ExecuteSqlRawAsync("UPDATE audit SET \"Subject\" = 'eve' WHERE \"Sequence\" = 1");
        }
        var (bad, told, _) = await verbs.RunAsync("audit", "verify", "--checkpoint", file);
        bad.ShouldBe(1);
        told.ShouldContain("first bad: 1");
    }
}
