using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Generate;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Bench;

/// <summary>
/// Lists through the whole program, of years of releases and entries: what the API answers, and pages as a signed-in browser
/// gets them, with everything around the list.
/// </summary>
internal static partial class ServedPages
{
    private const double ApiTarget = 10;
    private const int Releases = 100_000;

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly string[] Api =
    [
        "audit", "audit?person=p00", "audit?person=p59", "audit?project=project-00", "audit?project=project-39&person=p59", "audit?action=step.", "audit?action=approval.reject", "audit?person=p59&action=step.",
        "audit?from=2020-12-29T00:00Z&to=2020-12-30T00:00Z", "audit?project=project-00&before=1000", "audit?before=5000000",
        "history", "history?project=project-00", "history?person=p59", "history?search=1", "history?search=p59", "history?outcome=aborted", "history?rehearsal=true", "history?project=project-39&person=p59", "history?from=2020-01-01T00:00Z&to=2020-02-01T00:00Z",
        "releases", "releases?project=project-39", "releases?search=1", "releases?search=1.2", "releases?search=nobody", "releases?status=aborted",
    ];

    private static readonly string[] Screens =
    [
        "audit", "audit?person=p59&project=project-39", "audit?action=step.&before=5000000", "history", "history?project=project-39", "history?search=1", "releases", "releases?search=p59", "projects",
    ];

    public static async Task<IReadOnlyList<Row>> RunAsync(long entries, string? given, string? postgres, int runs)
    {
        var folder = given ?? Directory.CreateTempSubdirectory("bench-served-").FullName;
        try
        {
            var password = Guid.CreateVersion7().ToString("N");
            string[] place = ["--data", folder, .. postgres is null ? [] : new[] { "--database", postgres }];
            using var ledger = new LedgerStore(new LedgerContextFactory(new DatabaseOptions { SqliteFile = Path.Combine(folder, "ledger.db"), Postgres = postgres }), new ChangeFeed(), TimeProvider.System);
            await ledger.MigrateAsync(None);
            if (!await AnyAsync(ledger))
                await new Generator(new GenerateOptions(folder, postgres, Releases, entries, 40, 60, 1), Console.Error.WriteLine).RunAsync(None);
            var name = string.Create(CultureInfo.InvariantCulture, $"bench-{Random.Shared.Next(1_000_000)}");
            await Tool.RunAsync("dotnet", [Builds.Web, "user", "add", name, "--roles", "administrator", .. place], password);
            var token = await Tool.RunAsync("dotnet", [Builds.Web, "token", "create", "--user", name, "--name", "bench", .. place]);
            var address = Loopback.Free();
            await using var program = await ServedProgram.StartAsync([Builds.Web, "serve", .. place, "--urls", address.GetLeftPart(UriPartial.Authority)], folder, new Uri(address, "/health/ready"), "healthy");
            await FilledAsync(ledger);
            using var api = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address, "/api/v1/") };
            api.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var browser = await SignInAsync(address, name, password);
            var database = postgres is null ? "SQLite" : "PostgreSQL";
            var (answers, screens) = (await TimesAsync(api, Api, runs, database), await TimesAsync(browser, Screens, runs, database));
            return
            [
                new Row($"lists through the API, p50 / p99, {database}", $"{Measure.Ms(answers.Median)} / {Measure.Ms(answers.Percentile(0.99))}", "", "", $"p99 {Measure.Ms(ApiTarget)}", answers.Percentile(0.99) <= ApiTarget),
                Row.Note($"whole pages, p50 / p99, {database}", $"{Measure.Ms(screens.Median)} / {Measure.Ms(screens.Percentile(0.99))}"),
            ];
        }
        finally
        {
            if (given is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measure> TimesAsync(HttpClient client, string[] paths, int runs, string database)
    {
        // Once each before anything is counted: the first pages of a process are compiled while they are read.
        foreach (var path in paths)
            await Repeated.TimeAsync(() => ReadAsync(client, path), 0);
        var all = new List<double>();
        foreach (var path in paths)
        {
            var own = await Repeated.TimeAsync(() => ReadAsync(client, path), runs);
            Repeated.Say(database, path, own);
            all.AddRange(own);
        }
        return new Measure(all);
    }

    private static async Task<int> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, None);
        var text = await answer.Content.ReadAsByteArrayAsync(None);
        return answer.StatusCode == HttpStatusCode.OK ? text.Length : throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
    }

    private static async Task<HttpClient> SignInAsync(Uri address, string name, string password)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address };
        var field = Antiforgery().Match(await client.GetStringAsync("sign-in", None));
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", WebUtility.HtmlDecode(field.Groups["value"].Value)), new("name", name), new("password", password), new("returnUrl", "/")]);
        using var answer = await client.PostAsync("sign-in", form, None);
        return answer.StatusCode == HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"Signing in answered {answer.StatusCode}.");
    }

    private static async Task<bool> AnyAsync(LedgerStore ledger)
    {
        await using var db = ledger.Read();
        return await db.Audit.AnyAsync(None);
    }

    // The program writes the facts of releases that came without them.
    private static async Task FilledAsync(LedgerStore ledger)
    {
        await using var db = ledger.Read();
        while (await db.Releases.CountAsync(release => release.ActiveKey == null, None) is var wanted && await db.ReleaseFacts.CountAsync(None) is var there && there < wanted)
        {
            Console.Error.WriteLine($"facts of {there:N0} of {wanted:N0} releases");
            await Task.Delay(TimeSpan.FromSeconds(10), None);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Antiforgery();
}
