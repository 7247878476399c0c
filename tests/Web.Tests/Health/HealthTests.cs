using System.Net;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Health;

public sealed class HealthTests
{
    [Theory, DatabaseData]
    public async Task Ready_AllWell_ThenWithoutSchema_SaysSo(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var dashboard = await TestDashboard.StartAsync(database: database);
        using var browser = dashboard.OpenBrowser();
        using (var well = await browser.GetAsync("/health/ready"))
            well.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using (var db = database.Ledger.Read())
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsHistory\"");
        using var ill = await browser.GetAsync("/health/ready");
        ill.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ill.Content.ReadAsStringAsync()).ShouldContain("migrations are missing");
        using var live = await browser.GetAsync("/health/live");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
