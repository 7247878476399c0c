using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Web.Tests.Api;

namespace ReleaseDashboard.Web.Tests.CommandLine;

/// <summary>Approvals, hand-over, notes and freezes on the command line: what each verb does and what it refuses.</summary>
public sealed class ReviewVerbsTests
{
    [Fact]
    public async Task Approval_Shown_IsGivenForItsDigestOnly()
    {
        await using var test = await ApiTest.StartAsync(DatabaseKind.Sqlite, ReviewPlaybook.Text);
        var id = $"{await ReviewPlaybook.WaitingAsync(test)}";
        var verbs = new Verbs(test.Dashboard.Database.DataFolder);
        var shown = await verbs.DoneAsync("approval", "show", id);
        shown.ShouldContain("decide: Decide");
        shown.ShouldContain("nobody signed, 1 missing");
        shown.ShouldContain("8c15f02e");
        var digest = shown.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("digest ", StringComparison.Ordinal))["digest ".Length..];

        (await verbs.RefusedAsync("approval", "show", Guid.Empty.ToString())).ShouldBe("There is no such release.");
        (await verbs.RefusedAsync("approval", "approve", id, "decide", "--digest", digest, "--user", "nobody")).ShouldBe("There is no active account nobody.");
        (await verbs.RefusedAsync("approval", "approve", id, "decide", "--digest", digest, "--user", "mia")).ShouldNotBeEmpty();
        (await verbs.RefusedAsync("approval", "approve", id, "decide", "--digest", new string('0', 64), "--user", "rita")).ShouldNotBeEmpty();
        (await verbs.DoneAsync("approval", "approve", id, "decide", "--digest", digest, "--user", "rita")).ShouldBe("Approved.");
        (await verbs.DoneAsync("approval", "show", id)).ShouldContain("rita, 0 missing");
        await test.WaitForStepAsync(Guid.Parse(id), "decide", "succeeded");
        (await verbs.RefusedAsync("approval", "approve", id, "decide", "--digest", digest, "--user", "rita")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Approval_OfANamedViewer_IsGivenByThatPerson()
    {
        await using var test = await ApiTest.StartAsync(DatabaseKind.Sqlite, ReviewPlaybook.Text.Replace("count: 1, role: reviewer, not_starter: true", "people: [vera]", StringComparison.Ordinal));
        await test.Dashboard.AddUserAsync("vera", Roles.Viewer);
        var id = await ReviewPlaybook.WaitingAsync(test);
        var digest = (await test.WaitForStepAsync(id, "decide", "waitingForPerson")).GetProperty("approval").GetProperty("evidenceDigest").GetString()!;
        var verbs = new Verbs(test.Dashboard.Database.DataFolder);

        (await verbs.RefusedAsync("approval", "approve", $"{id}", "decide", "--digest", digest, "--user", "rita")).ShouldContain("rita is none of them");
        (await verbs.DoneAsync("approval", "approve", $"{id}", "decide", "--digest", digest, "--user", "vera")).ShouldBe("Approved.");
        await test.WaitForStepAsync(id, "decide", "succeeded");
    }

    [Fact]
    public async Task Approval_Rejected_FailsTheStep()
    {
        await using var test = await ApiTest.StartAsync(DatabaseKind.Sqlite, ReviewPlaybook.Text);
        var id = await ReviewPlaybook.WaitingAsync(test);
        var verbs = new Verbs(test.Dashboard.Database.DataFolder);
        var digest = (await test.WaitForStepAsync(id, "decide", "waitingForPerson")).GetProperty("approval").GetProperty("evidenceDigest").GetString()!;
        // The parser itself wants the reason.
        (await verbs.RunAsync("approval", "reject", $"{id}", "decide", "--digest", digest, "--user", "rita")).Code.ShouldNotBe(0);
        (await verbs.RefusedAsync("approval", "reject", $"{id}", "none", "--digest", digest, "--comment", "no", "--user", "rita")).ShouldNotBeEmpty();

        (await verbs.DoneAsync("approval", "reject", $"{id}", "decide", "--digest", digest, "--comment", "The notes are wrong.", "--user", "rita")).ShouldBe("Rejected.");

        await test.WaitForStepAsync(id, "decide", "failed");
    }

    [Fact]
    public async Task HandOver_ToAMaintainer_ChangesWhoLeads()
    {
        await using var test = await ApiTest.StartAsync(DatabaseKind.Sqlite, ReviewPlaybook.Text);
        var id = $"{await ReviewPlaybook.WaitingAsync(test)}";
        await test.Dashboard.AddUserAsync("noah", Roles.Viewer | Roles.Maintainer);
        var verbs = new Verbs(test.Dashboard.Database.DataFolder);

        (await verbs.RefusedAsync("release", "hand-over", id, "--to", "rita", "--reason", "holidays", "--user", "mia")).ShouldBe("rita is no maintainer of this project.");
        (await verbs.RefusedAsync("release", "hand-over", id, "--to", "noah", "--reason", "holidays", "--user", "rita")).ShouldContain("that needs the role");
        (await verbs.DoneAsync("release", "hand-over", id, "--to", "noah", "--reason", "holidays", "--user", "mia")).ShouldBe("noah leads it now.");
        (await verbs.RefusedAsync("release", "hand-over", id, "--to", "noah", "--reason", "holidays", "--user", "mia")).ShouldBe("noah leads this release already.");
    }

    [Fact]
    public async Task Notes_SavedFromAFile_AreShownAndKeepTheirRevision()
    {
        await using var test = await ApiTest.StartAsync(DatabaseKind.Sqlite, ReviewPlaybook.Text);
        var id = $"{await ReviewPlaybook.WaitingAsync(test)}";
        var verbs = new Verbs(test.Dashboard.Database.DataFolder);
        var file = Path.Combine(test.Dashboard.Database.DataFolder, "notes.md");
        await File.WriteAllTextAsync(file, "# From a file\n");

        (await verbs.RefusedAsync("release", "notes", id, "--save", file)).ShouldContain("Say who saves");
        (await verbs.RefusedAsync("release", "notes", id, "--save", file, "--user", "rita")).ShouldContain("that needs the role");
        (await verbs.RefusedAsync("release", "notes", id, "--save", file + ".gone", "--user", "mia")).ShouldContain("cannot be read");
        (await verbs.DoneAsync("release", "notes", id, "--save", file, "--user", "mia")).ShouldBe("Saved as revision 1.");
        (await verbs.RefusedAsync("release", "notes", id, "--save", file, "--revision", "0", "--user", "mia")).ShouldContain("has saved the notes since");
        (await verbs.DoneAsync("release", "notes", id)).ShouldBe("# From a file");
        (await verbs.RefusedAsync("release", "notes", Guid.Empty.ToString())).ShouldBe("There is no such release.");
    }

    [Fact]
    public async Task Freeze_ByVerbs_IsMadeListedPassedAndLifted()
    {
        await using var test = await ApiTest.StartAsync(DatabaseKind.Sqlite, ReviewPlaybook.Text);
        var id = $"{await ReviewPlaybook.WaitingAsync(test)}";
        await test.Dashboard.AddUserAsync("ada", Roles.Viewer | Roles.Administrator);
        var verbs = new Verbs(test.Dashboard.Database.DataFolder);

        (await verbs.RefusedAsync("freeze", "add", "--project", "none", "--reason", "fair", "--user", "mia")).ShouldBe("There is no project none.");
        (await verbs.RefusedAsync("freeze", "add", "--reason", "fair", "--user", "mia")).ShouldContain("that needs the role");
        (await verbs.RefusedAsync("freeze", "override", id, "--reason", "urgent", "--user", "ada")).ShouldBe("No freeze stops this release now.");
        var freeze = await verbs.DoneAsync("freeze", "add", "--project", "hello", "--reason", "Trade fair.", "--user", "mia");
        Guid.TryParse(freeze, out _).ShouldBeTrue(freeze);
        (await verbs.DoneAsync("freeze", "list", "--project", "hello")).ShouldContain("in force");
        (await verbs.RefusedAsync("freeze", "list", "--project", "none")).ShouldBe("There is no project none.");
        (await verbs.RefusedAsync("freeze", "override", id, "--reason", "urgent", "--user", "mia")).ShouldContain("that needs the role");
        (await verbs.DoneAsync("freeze", "override", id, "--reason", "urgent", "--user", "ada")).ShouldBe("The release may pass.");
        (await verbs.RefusedAsync("freeze", "lift", freeze, "--reason", "over", "--user", "rita")).ShouldContain("that needs the role");
        (await verbs.DoneAsync("freeze", "lift", freeze, "--reason", "over", "--user", "mia")).ShouldBe("Lifted.");
        (await verbs.RefusedAsync("freeze", "lift", freeze, "--reason", "again", "--user", "mia")).ShouldBe("mia has lifted it already.");
        (await verbs.DoneAsync("freeze", "list")).ShouldContain("(lifted by mia: over)");
    }
}
