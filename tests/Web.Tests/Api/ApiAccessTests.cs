using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>Who may call what, over every endpoint that exists: a new one is covered by being there.</summary>
public sealed class ApiAccessTests
{
    [Fact]
    public async Task EveryApiEndpoint_WithoutToken_Is401Problem()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var http = dashboard.OpenApi(null);
        var calls = Calls(dashboard);
        calls.Count.ShouldBeGreaterThan(18);
        foreach (var (method, path) in calls)
        {
            using var answer = await http.SendAsync(Request(method, path));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", $"{method} {path}");
        }
    }

    [Fact]
    public async Task EveryWrite_WithTokenOfViewer_Is403OrHidesNothing()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        var token = await dashboard.AddTokenAsync("vera", Roles.Viewer);
        using var http = dashboard.OpenApi(token);
        // Everybody may comment, checking the trail against a file writes nothing, and who decides is said by the step's own rule.
        string[] open = ["/comment", "/audit/verify", "/tokens", "/approve", "/reject"];
        foreach (var (method, path) in Calls(dashboard).Where(call => call.Method != "GET" && !IsOwn(call.Path) && !open.Any(end => call.Path.Contains(end, StringComparison.Ordinal))))
        {
            using var answer = await http.SendAsync(Request(method, path));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    // A person's own channels and notices need no role; what they concern is checked in their own tests.
    private static bool IsOwn(string path) =>
        path.StartsWith("/api/v1/channels", StringComparison.Ordinal) || path.StartsWith("/api/v1/notifications", StringComparison.Ordinal) || path.EndsWith("/follow", StringComparison.Ordinal);

    [Fact]
    public async Task EveryWrite_WithCookieOnly_Is401()
    {
        await using var dashboard = await TestDashboard.StartAsync(sandbox: true);
        using var browser = dashboard.OpenBrowser();
        await browser.SignInPersonaAsync("lead");
        foreach (var (method, path) in Calls(dashboard).Where(call => call.Method != "GET"))
        {
            using var answer = await browser.SendAsync(Request(method, path));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
        }
    }

    [Fact]
    public async Task Endpoints_OpenToAnybody_AreTheseOnly()
    {
        await using var dashboard = await TestDashboard.StartAsync(sandbox: true);
        var open = dashboard.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !Path.HasExtension(path))
            .Distinct().Order(StringComparer.Ordinal);
        open.ShouldBe(["/error", "/health/live", "/health/ready", "/not-found", "/sign-in", "/sign-in/persona", "/sign-out", "/webhooks/github"]);
    }

    [Theory]
    [InlineData("Bearer rd_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic bWlhOm1pYQ==")]
    public async Task Read_BadCredential_Is401(string header)
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var http = dashboard.OpenApi(null);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        using var answer = await http.GetAsync("projects");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    [Fact]
    public async Task OpenApi_Document_DescribesEveryEndpoint()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var http = dashboard.OpenApi(null);
        var document = await http.GetFromJsonAsync<JsonElement>(new Uri(dashboard.Address, "/openapi/v1.json"));
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString().ShouldBe("bearer");
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(verb => (verb.Name.ToUpperInvariant(), path.Name))).ToHashSet();
        foreach (var (method, pattern) in Patterns(dashboard))
            described.ShouldContain((method, pattern));
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .ShouldAllBe(verb => verb.Value.GetProperty("summary").GetString()!.Length > 0 && verb.Value.GetProperty("responses").EnumerateObject().Any());
        UnresolvedReferences(document, document).ShouldBeEmpty();
    }

    private static IEnumerable<string> UnresolvedReferences(JsonElement root, JsonElement at)
    {
        if (at.ValueKind == JsonValueKind.Array)
            return at.EnumerateArray().SelectMany(item => UnresolvedReferences(root, item));
        if (at.ValueKind != JsonValueKind.Object)
            return [];
        var own = at.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String && !Resolves(root, reference.GetString()!) ? [reference.GetString()!] : Array.Empty<string>();
        return own.Concat(at.EnumerateObject().SelectMany(property => UnresolvedReferences(root, property.Value)));
    }

    private static bool Resolves(JsonElement root, string reference)
    {
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(part, out root))
                return false;
        }
        return true;
    }

    private static List<(string Method, string Path)> Calls(TestDashboard dashboard) =>
        [.. Patterns(dashboard).Select(call => (call.Method, call.Pattern.Replace("{id}", Guid.Empty.ToString("D"), StringComparison.Ordinal)
            .Replace("{token}", Guid.Empty.ToString("D"), StringComparison.Ordinal).Replace("{key}", "build", StringComparison.Ordinal).Replace("{name}", "github-token", StringComparison.Ordinal).Replace("{project}", "hello", StringComparison.Ordinal)))];

    private static List<(string Method, string Pattern)> Patterns(TestDashboard dashboard) =>
        [.. dashboard.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                (method, endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal).Replace(":long", "", StringComparison.Ordinal))))];

    private static HttpRequestMessage Request(string method, string path) => new(new HttpMethod(method), path)
    {
        Content = method == "GET" ? null : JsonContent.Create(new
        {
            name = "hello",
            repository = "example/hello",
            project = "hello",
            version = "1.2.0",
            settings = new { gitUrl = "https://git.example/hello.git", webUrl = "https://git.example/hello", package = "hello", versionFile = "hello.py" },
            comment = "because",
            evidenceDigest = "0",
            value = "secret",
        }),
    };
}
