using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Access;

/// <summary>
/// Every address of the product (pages, API, files, the hub) for everybody. They are found, not listed: a new one is covered by
/// being there, and fails when it does not say who may come in.
/// </summary>
public sealed class EndpointAccessTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    private static readonly HttpStatusCode[] Closed = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    [Fact]
    public void Endpoint_OfAnyKind_SaysWhoMayComeIn()
    {
        var silent = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<NeedsAttribute>() is null && endpoint.Metadata.GetMetadata<SignedInAttribute>() is null);
        silent.Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();
        Endpoints().Count(IsPage).ShouldBeGreaterThan(14);
        Endpoints().ShouldContain(endpoint => Pattern(endpoint).StartsWith("/_blazor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoint_OfAnyKind_LetsInWhomTheTableLetsIn()
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var person in AccessPerson.Everybody)
        {
            using var api = world.TokenOf(person) is { } token ? world.Dashboard.OpenApi(token) : null;
            using var stranger = world.Dashboard.OpenBrowser();
            var browser = person.Name is null ? stranger : world.BrowserOf(person);
            foreach (var (endpoint, method) in Calls())
            {
                var isApi = IsApi(endpoint);
                if (isApi && api is null && person.Name is not null && method != "GET")
                    continue;
                using var request = Request(endpoint, method);
                using var answer = isApi && api is not null ? await api.SendAsync(request) : await browser.SendAsync(request);
                asked++;
                if (await FaultAsync(person, endpoint, answer) is { } fault)
                    wrong.Add($"{person}: {method} {request.RequestUri} answered {(int)answer.StatusCode}, {fault}");
            }
        }
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        asked.ShouldBeGreaterThan(500);
    }

    /// <summary>What is wrong with the answer, by the table; null when it is right.</summary>
    private static async Task<string?> FaultAsync(AccessPerson person, RouteEndpoint endpoint, HttpResponseMessage answer)
    {
        if (person.Name is null)
        {
            var isRefused = IsApi(endpoint)
                ? answer.StatusCode == HttpStatusCode.Unauthorized
                // The hub's client is a script: it gets a code.
                : answer.StatusCode == HttpStatusCode.Unauthorized || IsSignIn(answer);
            return isRefused ? null : "but nobody is signed in";
        }
        var expected = Expected(person, endpoint);
        return expected switch
        {
            Answer.Allowed when Closed.Contains(answer.StatusCode) && !await IsOwnRuleAsync(endpoint, answer) => "but the table allows it",
            // What exists is found by who may see it, so that "not found" means something in this test.
            Answer.Allowed when IsPage(endpoint) && Pattern(endpoint) != "/_gallery" && answer.StatusCode != HttpStatusCode.OK && !IsElsewhere(answer) => "but the page is there",
            Answer.Refused when answer.StatusCode != HttpStatusCode.Forbidden => "but the table refuses it",
            Answer.NotThere when answer.StatusCode != HttpStatusCode.NotFound => "but the project is not shown",
            _ => null,
        };
    }

    private static bool IsSignIn(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.PathAndQuery.StartsWith("/sign-in", StringComparison.Ordinal);

    // A page that only knows the way, such as from a version to its release.
    private static bool IsElsewhere(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.Redirect && !answer.Headers.Location!.OriginalString.Contains("/sign-in", StringComparison.Ordinal);

    // An action may refuse by a rule of its own, such as that a required step is not left out. The table's words are others.
    private static async Task<bool> IsOwnRuleAsync(RouteEndpoint endpoint, HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Forbidden && endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs
        && !(await answer.Content.ReadAsStringAsync()).Contains(AccessTable.Of(needs.Permission).Means, StringComparison.Ordinal);

    private static Answer Expected(AccessPerson person, RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs
        ? person.Ask(needs.Permission, inProject: needs.Project is not null || needs.Release is not null, somewhere: true)
        : Answer.Allowed;

    private IEnumerable<(RouteEndpoint Endpoint, string Method)> Calls() => Endpoints().SelectMany(endpoint =>
        IsPage(endpoint) ? ["GET"] : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } ? methods : ["GET"], (endpoint, method) => (endpoint, method))
        // An upgraded connection is not answered; its negotiation, which comes first, is.
        .Where(call => Pattern(call.endpoint) is not "/_blazor" and not "/_blazor/");

    private IEnumerable<RouteEndpoint> Endpoints() => world.Dashboard.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

    private static bool IsPage(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static bool IsApi(RouteEndpoint endpoint) => Pattern(endpoint).StartsWith("/api", StringComparison.Ordinal);

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private HttpRequestMessage Request(RouteEndpoint endpoint, string method)
    {
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter ? Value(endpoint, parameter.Name) : ((dynamic)part).Content);
        }
        var request = new HttpRequestMessage(new HttpMethod(method), path.Length == 0 ? "/" : path.ToString());
        if (method is not "GET" and not "DELETE")
            request.Content = new StringContent(Pattern(endpoint).EndsWith("/complete", StringComparison.Ordinal) ? """{"items":["none"]}""" : "{}", Encoding.UTF8, "application/json");
        return request;
    }

    private string Value(RouteEndpoint endpoint, string name)
    {
        var needs = endpoint.Metadata.GetMetadata<NeedsAttribute>();
        if (string.Equals(name, needs?.Project, StringComparison.OrdinalIgnoreCase))
            return AccessWorld.Here;
        if (string.Equals(name, needs?.Release, StringComparison.OrdinalIgnoreCase))
            return world.Release.ToString();
        return name.ToUpperInvariant() switch
        {
            "KEY" => world.Step,
            "USER" or "GROUP" => "there-is-none",
            "NAME" when IsPage(endpoint) => world.Other.Name,
            "TAB" => "graph",
            "VERSION" => "1.2.0",
            "OTHER" => world.Release.ToString(),
            "SEQUENCE" or "SIZE" => "1",
            "ID" or "ATTEMPTID" or "TOKEN" => Guid.Empty.ToString(),
            _ => "some",
        };
    }
}
