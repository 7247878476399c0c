using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Secrets;

/// <summary>Whoever has the database and not the folder with the keys, and what pages and API tell of a secret.</summary>
public sealed class StolenDatabaseTests
{
    private const string Secret = "pypi-AgEI-the-very-secret";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Database_TakenWithoutItsKeyFolder_CannotBeReadByTheSameProgram(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using (var owner = await TestDashboard.StartAsync(database: database))
        {
            using var mia = owner.OpenApi(await owner.AddTokenAsync("mia", Roles.Maintainer));
            await StoreAsync(mia);
            (await ReadAsync(owner)).ShouldBe(Secret);
        }
        // On SQLite the thief takes the files of the database; on PostgreSQL the thief's server connects to it.
        await using var thief = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        if (kind == DatabaseKind.Sqlite)
        {
            foreach (var file in Directory.GetFiles(database.DataFolder, "ledger.db*"))
            {
                (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)).ShouldBe(-1, file);
                if (!file.EndsWith("-shm", StringComparison.Ordinal))
                    File.Copy(file, Path.Combine(thief.DataFolder, Path.GetFileName(file)), overwrite: true);
            }
        }
        await using var stolen = await TestDashboard.StartAsync(database: kind == DatabaseKind.Sqlite ? thief : database, settings: [$"Data={thief.DataFolder}"]);

        // Everything else is there, so that it is the key alone that is missing.
        var project = (await stolen.Get<ProjectQueries>().FindAsync("hello", None)).ShouldNotBeNull();
        (await stolen.Get<SecretVault>().ListAsync(project.Id, None)).ShouldHaveSingleItem().Name.ShouldBe(SecretName.ProductionIndexPassword);
        await Should.ThrowAsync<CryptographicException>(() => ReadAsync(stolen));
    }

    [Fact]
    public async Task Secret_Stored_IsOnNoPageAndInNoAnswer()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer | Roles.Administrator));
        await StoreAsync(mia);
        using var browser = dashboard.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
        foreach (var page in new[] { "/projects/hello", "/projects/hello/secrets", "/projects/hello/settings", "/audit", "/account" })
        {
            using var answer = await browser.GetAsync(page);
            var html = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, page);
            html.ShouldNotContain(Secret);
            if (page.EndsWith("/secrets", StringComparison.Ordinal))
                html.ShouldContain("pypi-password");
        }
        foreach (var path in new[] { "projects/hello/secrets", "projects/hello", "projects", "audit", "audit/export.jsonl", "audit/export.csv" })
            (await mia.GetStringAsync(path)).ShouldNotContain(Secret);
        // There is no address that would read one.
        (await mia.GetAsync("projects/hello/secrets/pypi-password")).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
    }

    private static async Task StoreAsync(HttpClient api)
    {
        using var added = await api.PostAsJsonAsync("projects", new
        {
            name = "hello",
            repository = "example/hello",
            settings = new { gitUrl = "https://git.example/hello.git", webUrl = "https://git.example/hello", package = "hello", versionFile = "hello.py" },
        });
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        using var stored = await api.PutAsJsonAsync("projects/hello/secrets/pypi-password", new { value = Secret });
        stored.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task<string?> ReadAsync(TestDashboard dashboard) => await dashboard.Get<SecretVault>().ReadAsync(
        (await dashboard.Get<ProjectQueries>().FindAsync("hello", None)).ShouldNotBeNull().Id, SecretName.ProductionIndexPassword, None);
}
