using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace ReleaseDashboard.Sandbox.Tests.OAuth;

public sealed class SignInTests : SandboxTest
{
    private const string Redirect = "http://127.0.0.1:9/signin-github";

    [Fact]
    public async Task SignIn_WithTheRightVerifier_GivesATokenOfThatPersona()
    {
        var verifier = RandomNumberGenerator.GetHexString(64);
        var code = await AuthorizeAsync("reviewer", verifier);

        var answer = await ExchangeAsync(code, verifier);

        var client = Client(answer["access_token"]!.GetValue<string>());
        var user = JsonNode.Parse(await client.GetStringAsync("/api/v3/user", Cancel))!;
        user["login"]!.GetValue<string>().ShouldBe("reviewer");
        (await ExchangeAsync(code, verifier))["error"]!.GetValue<string>().ShouldBe("bad_verification_code", "a code works once");
    }

    [Fact]
    public async Task SignIn_WithAnotherVerifier_IsRefused()
    {
        var code = await AuthorizeAsync("maintainer", "the verifier");

        (await ExchangeAsync(code, "another verifier"))["error"]!.GetValue<string>().ShouldBe("bad_verification_code");
    }

    [Fact]
    public async Task Page_WithoutALogin_OffersEachPersonaAndKeepsTheQuery()
    {
        var page = await Client(null).GetStringAsync($"/login/oauth/authorize?redirect_uri={Uri.EscapeDataString(Redirect)}&state=%22%3E%3Cscript%3E", Cancel);

        foreach (var login in (string[])["maintainer", "reviewer", "lead"])
            page.ShouldContain($"value=\"{login}\"");
        page.ShouldContain("name=\"state\" value=\"&quot;&gt;&lt;script&gt;\"");
    }

    [Fact]
    public async Task Authorize_Cancelled_SendsBackWithTheStateAndNoCode()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = Sandbox.Address };
        using var answer = await browser.GetAsync($"/login/oauth/authorize?cancel=1&state=s1&redirect_uri={Uri.EscapeDataString(Redirect)}", Cancel);

        var query = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        (query["error"], query["state"], query["code"]).ShouldBe(("access_denied", "s1", null));
    }

    [Fact]
    public async Task Authorize_RedirectOutsideThisMachine_IsRefused()
    {
        using var answer = await Client(null).GetAsync("/login/oauth/authorize?login=lead&redirect_uri=https%3A%2F%2Fexample.com%2F", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<string> AuthorizeAsync(string login, string verifier)
    {
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = Sandbox.Address };
        using var answer = await browser.GetAsync(
            $"/login/oauth/authorize?login={login}&client_id=c&state=s1&code_challenge_method=S256&code_challenge={challenge}&redirect_uri={Uri.EscapeDataString(Redirect)}",
            Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldStartWith(Redirect + "?");
        var query = HttpUtility.ParseQueryString(answer.Headers.Location.Query);
        query["state"].ShouldBe("s1");
        return query["code"]!;
    }

    private async Task<JsonNode> ExchangeAsync(string code, string verifier)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login/oauth/access_token");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = "c", ["client_secret"] = "s", ["code"] = code, ["redirect_uri"] = Redirect, ["code_verifier"] = verifier,
        });
        using var answer = await Client(null).SendAsync(request, Cancel);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }
}
