using System.Net.Http.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Web.Tests.Api;

namespace ReleaseDashboard.Web.Tests.CommandLine;

/// <summary>What people read and say on the command line: work, questions, timelines, trends, evidence, follows, sessions.</summary>
public sealed class ReadingVerbsTests
{
    [Theory, DatabaseData]
    public async Task Work_ListsWhatWaits_AndQuestionsAreAskedAndAnswered(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = $"{await ReviewPlaybook.WaitingAsync(test)}";
        var verbs = new Verbs(test.Dashboard.Database);
        (await verbs.DoneAsync("work", "--user", "rita")).ShouldContain($"yours  hello 1.12.0");
        (await verbs.DoneAsync("work", "--user", "mia")).ShouldContain("leads  hello 1.12.0");
        (await verbs.RefusedAsync("work", "--user", "nobody")).ShouldBe("There is no active account nobody.");

        (await verbs.DoneAsync("release", "comment", id, "decide", "--text", "Why now, @mia?", "--question", "--user", "rita")).ShouldBe("Asked.");
        var question = (await verbs.DoneAsync("work", "--user", "mia")).Split('\n').Single(line => line.StartsWith("question  ", StringComparison.Ordinal));
        question.ShouldContain("rita asks: Why now, @mia?");
        (await verbs.DoneAsync("release", "comment", id, "decide", "--text", "It fixes a fault.", "--answers", question.Trim().Split(' ')[^1], "--user", "mia")).ShouldBe("Said.");
        (await verbs.DoneAsync("work", "--user", "mia")).ShouldNotContain("question  ");
        (await verbs.RefusedAsync("release", "comment", id, "none", "--text", "x", "--user", "mia")).ShouldNotBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Timeline_Trends_AndEvidence_AreReadAndWritten(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = $"{await ReviewPlaybook.WaitingAsync(test)}";
        var verbs = new Verbs(test.Dashboard.Database);
        (await verbs.DoneAsync("release", "timeline", id)).ShouldContain("people ");
        (await verbs.RefusedAsync("release", "timeline", Guid.Empty.ToString())).ShouldBe("There is no such release.");
        (await verbs.DoneAsync("project", "trends", "hello")).ShouldStartWith("0 published of 0; lead time unknown");
        (await verbs.RefusedAsync("project", "trends", "none")).ShouldBe("There is no project none.");

        var file = Path.Combine(test.Dashboard.Database.DataFolder, "evidence.html");
        (await verbs.DoneAsync("release", "evidence", id, "--out", file)).ShouldStartWith($"Written to {file}");
        (await verbs.DoneAsync("audit", "verify-pack", file)).ShouldContain("The evidence holds.");
        (await verbs.DoneAsync("release", "evidence", id, "--format", "json")).ShouldStartWith("{");
        (await verbs.RefusedAsync("release", "evidence", id, "--out", Path.Combine(file, "no-folder"))).ShouldContain("cannot be written");
        (await verbs.RefusedAsync("release", "evidence", Guid.Empty.ToString())).ShouldBe("There is no such release.");
    }

    [Theory, DatabaseData]
    public async Task Follows_AndSessions_AreListed(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        await ReviewPlaybook.WaitingAsync(test);
        var verbs = new Verbs(test.Dashboard.Database);
        (await verbs.DoneAsync("project", "follow", "hello", "--user", "rita")).ShouldBe("rita follows hello.");
        (await test.Reviewer.GetFromJsonAsync<string[]>("follows")).ShouldBe(["hello"]);
        (await verbs.DoneAsync("project", "unfollow", "hello", "--user", "rita")).ShouldBe("rita does not follow hello.");
        (await test.Reviewer.GetFromJsonAsync<string[]>("follows")).ShouldBe([]);
        (await verbs.RefusedAsync("project", "follow", "none", "--user", "rita")).ShouldBe("There is no project none.");

        await test.Dashboard.AddUserAsync("vera", Roles.Viewer);
        using var browser = test.Dashboard.OpenBrowser();
        using var signedIn = await browser.SignInAsync("vera", TestSupport.Web.TestDashboard.Password);
        (await verbs.DoneAsync("user", "sessions", "vera")).ShouldContain("127.0.0.1");
        using var admin = test.Dashboard.OpenApi(await test.Dashboard.AddTokenAsync("ada", Roles.Administrator));
        (await admin.GetStringAsync("users/vera/sessions")).ShouldContain("127.0.0.1");
    }
}
