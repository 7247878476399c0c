using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.History;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.History;

/// <summary>Badges and feeds: what leaves the dashboard, and to whom.</summary>
public sealed class OutsideTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("/badges/hello-bot/version.svg")]
    [InlineData("/badges/hello-bot/status.svg")]
    [InlineData("/badges/hello-bot/last-release.svg")]
    [InlineData("/feeds/hello-bot.atom")]
    [InlineData("/feeds/all.atom")]
    public async Task Outside_NotPublic_NeedsATokenOrSession(string path)
    {
        await using var dashboard = await FilledAsync();
        var token = await dashboard.AddTokenAsync("mia", Roles.Viewer);
        (await StatusAsync(dashboard, path)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(dashboard, path, new("Bearer", "rd_" + new string('x', 43)))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(dashboard, path, new("Bearer", token))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(dashboard, path, new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anything:" + token))))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(dashboard, path, new("Basic", "!!"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/badges/nothing/version.svg")]
    [InlineData("/feeds/nothing.atom")]
    public async Task Outside_UnknownProject_IsNotToldToStrangers(string path)
    {
        await using var dashboard = await FilledAsync();
        (await StatusAsync(dashboard, path)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(dashboard, path, new("Bearer", await dashboard.AddTokenAsync("mia", Roles.Viewer)))).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Badge_Public_IsKeptAndAskedAgain()
    {
        await using var dashboard = await FilledAsync(isPublic: true);
        using var client = new HttpClient { BaseAddress = dashboard.Address };
        using var first = await client.GetAsync("/badges/hello-bot/version.svg", None);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        first.Headers.CacheControl!.Public.ShouldBeTrue();
        first.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["cross-origin"]);
        XDocument.Parse(await first.Content.ReadAsStringAsync(None)).Root!.Attribute("aria-label")!.Value.ShouldStartWith("hello-bot: ");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/badges/hello-bot/version.svg") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var answer = await client.SendAsync(again, None);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await StatusAsync(dashboard, "/badges/hello-bot/nothing.svg")).ShouldBe(HttpStatusCode.NotFound);
        // Another project stays its own.
        (await StatusAsync(dashboard, "/badges/images/version.svg")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Feed_HostileReason_StaysValidAtom()
    {
        await using var dashboard = await FilledAsync(isPublic: true);
        const string reason = "<script>alert(1)</script> & \u0001 \"no\"";
        await dashboard.Database.Ledger.AppendAsync(db => db.ReleaseFacts.ExecuteUpdateAsync(set => set.SetProperty(facts => facts.AbortReason, reason), None), None);
        using var client = new HttpClient { BaseAddress = dashboard.Address };
        var feed = XDocument.Parse(await client.GetStringAsync("/feeds/hello-bot.atom", None)).Root!;
        feed.Name.ShouldBe(Atom + "feed");
        foreach (var name in new[] { "id", "title", "updated" })
            feed.Element(Atom + name).ShouldNotBeNull();
        var entries = feed.Elements(Atom + "entry").ToList();
        entries.Count.ShouldBe(50);
        entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count().ShouldBe(50);
        entries.ShouldAllBe(entry => entry.Element(Atom + "updated") != null && entry.Element(Atom + "author")!.Element(Atom + "name") != null && entry.Element(Atom + "link") != null);
        entries[0].Element(Atom + "summary")!.Value.ShouldContain("<script>alert(1)</script> &");
        var times = entries.Select(entry => DateTimeOffset.Parse(entry.Element(Atom + "updated")!.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        times.ShouldBe(times.OrderDescending());
        feed.Element(Atom + "updated")!.Value.ShouldBe(entries[0].Element(Atom + "updated")!.Value);
    }

    private static async Task<TestDashboard> FilledAsync(bool isPublic = false)
    {
        var dashboard = await TestDashboard.StartAsync();
        await HistorySeed.AddAsync(dashboard.Database.Ledger, 400);
        if (isPublic)
        {
            await dashboard.Database.Ledger.AppendAsync(
                async db =>
                {
                    var project = await db.Projects.SingleAsync(own => own.Name == "hello-bot", None);
                    project.Settings = project.Settings with { PublicBadges = true };
                    await db.SaveChangesAsync(None);
                },
                None);
        }
        return dashboard;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestDashboard dashboard, string path, AuthenticationHeaderValue? authorization = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = dashboard.Address };
        client.DefaultRequestHeaders.Authorization = authorization;
        using var answer = await client.GetAsync(path, None);
        return answer.StatusCode;
    }
}
