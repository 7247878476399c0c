using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ReleaseDashboard.TestSupport.Containers;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

public sealed class RegistryServerTests
{
    [Fact]
    public async Task RegistryServer_Open_AnswersAnybody()
    {
        await using var server = await RegistryServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        (await http.GetAsync("v2/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RegistryServer_WithLogin_RefusesOthersAndLetsTheUserIn()
    {
        var login = new RegistryLogin("maintainer", "pass:wörd");
        await using var server = await RegistryServer.StartAsync(login);
        using var http = new HttpClient { BaseAddress = server.Address };

        (await http.GetAsync("v2/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")));
        (await http.GetAsync("v2/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RegistryServer_Disposed_IsGone()
    {
        var server = await RegistryServer.StartAsync();
        await server.DisposeAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync("v2/"));
    }
}
