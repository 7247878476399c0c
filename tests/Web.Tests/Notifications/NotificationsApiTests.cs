using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Notifications;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Notifications;

public sealed class NotificationsApiTests
{
    private static readonly string[] Settings = ["Notifications:AllowLocalAddresses=true", "Notifications:TogetherSeconds=0", "PublicUrl=https://releases.example.org/"];

    [Theory, DatabaseData]
    public async Task Channels_OwnAndOfAProject_AreAddedTriedChangedAndRemoved(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var dashboard = await TestDashboard.StartAsync(database: database, settings: Settings);
        await using var receiver = await HttpReceiver.StartAsync();
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        using var vera = dashboard.OpenApi(await dashboard.AddTokenAsync("vera", Roles.Viewer));
        await AddProjectAsync(mia);
        foreach (var path in new[] { "channels", "projects/hello/channels" })
        {
            using var added = await mia.PostAsJsonAsync(path, new { kind = "webhook", name = "ops", url = new Uri(receiver.Address, "/hidden").AbsoluteUri });
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
            var made = await added.Content.ReadFromJsonAsync<JsonElement>();
            made.GetProperty("key").GetString()!.Length.ShouldBe(64);
            var one = $"{path}/{made.GetProperty("id").GetGuid()}";
            (await mia.PostAsync($"{one}/test", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            var read = await mia.GetStringAsync(path);
            read.ShouldContain("deliveredAt");
            read.ShouldNotContain("hidden");
            read.ShouldNotContain(made.GetProperty("key").GetString()!);
            (await mia.PatchAsJsonAsync(one, new { events = new[] { "no.such" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await mia.PatchAsJsonAsync(one, new { events = new[] { "step.failed" }, isEnabled = false })).StatusCode.ShouldBe(HttpStatusCode.OK);
            var changed = (await mia.GetFromJsonAsync<JsonElement>(path))[0];
            changed.GetProperty("events").EnumerateArray().Select(text => text.GetString()).ShouldBe(["step.failed"]);
            changed.GetProperty("isEnabled").GetBoolean().ShouldBeFalse();
            // Another person neither sees nor touches it; of a project's, a viewer sees that it is there.
            (await vera.DeleteAsync(one)).StatusCode.ShouldBe(path == "channels" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden);
            (await vera.GetFromJsonAsync<JsonElement>(path)).GetArrayLength().ShouldBe(path == "channels" ? 0 : 1);
            (await mia.DeleteAsync(one)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
        receiver.All.Count.ShouldBe(2);
        receiver.All.ShouldAllBe(got => got.Text.Contains("https://releases.example.org/"));
    }

    [Theory, DatabaseData]
    public async Task EmailChannel_OwnAndOfAProject_IsConfirmedFirst(DatabaseKind kind)
    {
        await using var server = SmtpReceiver.Start();
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var dashboard = await TestDashboard.StartAsync(
            database: database, settings: [.. Settings, "Mail:Host=127.0.0.1", $"Mail:Port={server.Port}", "Mail:Security=none", "Mail:From=releases@example.org"]);
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        using var vera = dashboard.OpenApi(await dashboard.AddTokenAsync("vera", Roles.Viewer));
        await AddProjectAsync(mia);
        foreach (var path in new[] { "channels", "projects/hello/channels" })
        {
            using var added = await mia.PostAsJsonAsync(path, new { kind = "email", name = "ops", address = "ops@example.org" });
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
            var made = await added.Content.ReadFromJsonAsync<JsonElement>();
            made.GetProperty("note").GetString().ShouldStartWith("ops@example.org is not confirmed yet: open the link we mailed there");
            var one = $"{path}/{made.GetProperty("id").GetGuid()}";
            var code = ConfirmationLink.In(await server.NextAsync()).Code;
            (await mia.GetFromJsonAsync<JsonElement>(path))[0].GetProperty("unconfirmed").GetProperty("sentAt").ValueKind.ShouldBe(JsonValueKind.String);
            (await mia.PostAsync($"{one}/test", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await mia.PostAsync($"{one}/confirmation", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            ConfirmationLink.In(await server.NextAsync()).Code.ShouldNotBe(code);

            foreach (var body in new[] { new { code = (string?)null }, new { code = (string?)"guessed" } })
                (await mia.PutAsJsonAsync($"{one}/confirmation", body)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await vera.PutAsJsonAsync($"{one}/confirmation", new { code })).StatusCode.ShouldBe(path == "channels" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden);
            (await mia.PutAsJsonAsync($"{one}/confirmation", new { code })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await mia.GetFromJsonAsync<JsonElement>(path))[0].TryGetProperty("unconfirmed", out _).ShouldBeFalse();
            (await mia.PostAsync($"{one}/test", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await server.NextAsync()).Part("text/plain").ShouldContain("A test of the channel ops");
            (await mia.PostAsync($"{one}/confirmation", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
        // Four messages so far: one more, and then no other address either.
        using var moved = await mia.PatchAsJsonAsync($"channels/{(await mia.GetFromJsonAsync<JsonElement>("channels"))[0].GetProperty("id").GetGuid()}", new { address = "b@example.org" });
        (await moved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("note").GetString().ShouldStartWith("b@example.org is not confirmed yet");
        (await mia.PostAsJsonAsync("channels", new { kind = "email", name = "more", address = "c@example.org" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        server.All.Select(mail => mail.To).ShouldBe([.. Enumerable.Repeat("ops@example.org", 6), "b@example.org"]);
    }

    [Fact]
    public async Task Notifications_OfTheTrail_AreListedAndRead()
    {
        await using var dashboard = await TestDashboard.StartAsync(isWorker: true);
        var token = await dashboard.AddTokenAsync("mia", Roles.Maintainer);
        using var mia = dashboard.OpenApi(token);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        JsonElement told;
        do
            told = await mia.GetFromJsonAsync<JsonElement>("notifications?unread=true", deadline.Token);
        while (told.GetArrayLength() == 0 && await timer.WaitForNextTickAsync(deadline.Token));

        told[0].GetProperty("event").GetString().ShouldBe("account.changed");
        (await mia.PostAsJsonAsync("notifications/read", new { id = told[0].GetProperty("id").GetGuid() })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mia.GetFromJsonAsync<JsonElement>("notifications?unread=true")).GetArrayLength().ShouldBe(0);
        (await mia.GetFromJsonAsync<JsonElement>("my-work")).GetProperty("releases").GetArrayLength().ShouldBe(0);
        (await mia.GetFromJsonAsync<JsonElement>("notifications/events")).GetArrayLength().ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Follow_AProject_IsKept()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        await AddProjectAsync(mia);
        (await mia.PutAsync("projects/hello/follow", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await mia.PutAsync("projects/hello/follow", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await using (var db = dashboard.Get<LedgerStore>().Read())
            db.Follows.Count().ShouldBe(1);
        (await mia.DeleteAsync("projects/hello/follow")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await mia.PutAsync("projects/other/follow", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Secret_StoredAndScoped_IsNeverReadBack()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        await AddProjectAsync(mia);
        (await mia.PutAsJsonAsync("projects/hello/secrets/pypi-password", new { value = "pypi-very-secret", stepKinds = new[] { "pypi.upload" } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await mia.PutAsJsonAsync("projects/hello/secrets/testpypi-password", new { value = "pypi-very-secret" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await mia.PutAsJsonAsync("projects/hello/secrets/github-token", new { expiresAt = "2030-01-01T00:00:00Z" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var list = await mia.GetStringAsync("projects/hello/secrets");
        list.ShouldContain("pypi.upload");
        list.ShouldNotContain("very-secret");
        foreach (var path in new[] { "projects/hello/secrets/pypi-password", "projects/hello", "audit" })
            (await (await mia.GetAsync(path)).Content.ReadAsStringAsync()).ShouldNotContain("very-secret");
        (await mia.DeleteAsync("projects/hello/secrets/pypi-password")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await mia.DeleteAsync("projects/hello/secrets/pypi-password")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task KeyFolder_OpenToOthers_IsClosedAtTheStart()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var keys = Directory.CreateDirectory(Path.Combine(database.DataFolder, "keys"));
        keys.UnixFileMode = (UnixFileMode)511;
        await using var dashboard = await TestDashboard.StartAsync(database: database);
        keys.Refresh();
        keys.UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task AddProjectAsync(HttpClient api)
    {
        using var added = await api.PostAsJsonAsync("projects", new
        {
            name = "hello",
            repository = "example/hello",
            settings = new { gitUrl = "https://git.example/hello.git", webUrl = "https://git.example/hello", package = "hello", versionFile = "hello.py" },
        });
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
    }
}
