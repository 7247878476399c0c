using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Web;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Tests.Auth;

public sealed partial class TrustedProxiesTests
{
    private const string Person = "203.0.113.9";

    [Theory]
    // The header, and the address and scheme that count.
    [InlineData("127.0.0.1", Person, Person, true)]
    [InlineData("127.0.0.0/8, fd00::/8", $"198.51.100.1, {Person}", Person, true)]
    [InlineData("127.0.0.1, 10.0.0.0/8", $"198.51.100.1, {Person}, 10.1.2.3", Person, true)]
    [InlineData("10.0.0.0/8", Person, "127.0.0.1", false)]
    [InlineData("", Person, "127.0.0.1", false)]
    public async Task ForwardedHeaders_CountFromTrustedProxiesOnly(string proxies, string forwarded, string address, bool isSecure)
    {
        await using var dashboard = await TestDashboard.StartAsync(settings: [$"Proxies={proxies}"]);
        await dashboard.AddUserAsync("mia", Roles.Maintainer);
        // Without a store of cookies: a secure one would not be sent back to the test's own address.
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = dashboard.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var page = await client.GetAsync("/sign-in");
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        var token = System.Net.WebUtility.HtmlDecode(Antiforgery().Match(await page.Content.ReadAsStringAsync()).Groups["value"].Value);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("name", "mia"), new("password", TestDashboard.Password), new("returnUrl", "/")]);
        using var answer = await client.PostAsync("/sign-in", form);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("rd-session=", StringComparison.Ordinal));
        cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(isSecure);
        await using var db = dashboard.Database.Ledger.Read();
        (await db.Sessions.SingleAsync()).Address.ShouldBe(address);
    }

    [Theory]
    [InlineData("proxy.example.org")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.1, everybody")]
    public void Setting_ThatIsNoAddress_IsReported(string proxies) =>
        Should.Throw<ConfigurationException>(() => DashboardOptionsReader.Read(Configured(("Proxies", proxies)))).Message.ShouldContain("Proxies holds");

    [Fact]
    public void Mail_WithoutPublicUrl_IsReported()
    {
        (string, string)[] mail = [("Mail:Host", "mail.example.org"), ("Mail:From", "releases@example.org")];
        Should.Throw<ConfigurationException>(() => DashboardOptionsReader.Read(Configured(mail))).Message.ShouldContain("PublicUrl is missing");
        DashboardOptionsReader.Read(Configured([.. mail, ("PublicUrl", "https://releases.example.org")])).Notifications.Mail.ShouldNotBeNull();
    }

    private static IConfigurationRoot Configured(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Antiforgery();
}
