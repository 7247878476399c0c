using System.Net;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.TestSupport.Web;

/// <summary>What a browser does with forms and cookies, without one.</summary>
public sealed partial class TestBrowser : IDisposable
{
    private readonly HttpClient client;

    internal TestBrowser(Uri address) =>
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    /// <summary>Fills in a form as it stands on a page: with the page's antiforgery token.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(page);
        var match = AntiforgeryField().Match(html);
        match.Success.ShouldBeTrue($"{page} has no form with an antiforgery token");
        return await PostAsync(action, [(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)), .. fields]);
    }

    /// <summary>Posts exactly these fields.</summary>
    public Task<HttpResponseMessage> PostAsync(string action, params (string Name, string Value)[] fields) =>
        client.PostAsync(action, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string returnUrl = "/") =>
        SubmitAsync("/sign-in", "/sign-in", ("name", name), ("password", password), ("returnUrl", returnUrl));

    /// <summary>Signs in with one click; the sandbox only.</summary>
    public Task<HttpResponseMessage> SignInPersonaAsync(string name) => SubmitAsync("/sign-in", "/sign-in/persona", ("name", name));

    public void Dispose() => client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>__RequestVerificationToken)\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AntiforgeryField();
}
