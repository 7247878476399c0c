using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Tests.Clients;
using ReleaseDashboard.TestSupport.Containers;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>A real registry behind a guard that wants tokens, and a token service that gives them.</summary>
public sealed class RegistryAuthenticationTests : RegistryTest, IAsyncLifetime
{
    private static readonly RegistryCredential Maintainer = new("maintainer", "s3cret");

    private readonly List<(string Scope, string Authorization)> asked = [];
    private RegistryServer server = null!;
    private FaultProxy guard = null!;
    private LoopbackServer service = null!;
    private string realm = "";
    private string valid = "token-1";

    public async ValueTask InitializeAsync()
    {
        server = await RegistryServer.StartAsync();
        guard = await FaultProxy.StartAsync(server.Address);
        service = await LoopbackServer.StartAsync(app => app.Run(TokenAsync));
        realm = $"{service.Address}token";
        guard.Intercept = GuardAsync;
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await guard.DisposeAsync();
        await server.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Token_Wanted_IsFetchedOnceForEachScopeWithThePassword()
    {
        var repository = Open(guard, "team/app", Maintainer);

        await new SampleImages(repository).ManifestAsync("linux/amd64", [100], Cancellation, Tag("1.0"));
        (await repository.HeadAsync(Tag("1.0"), Cancellation)).Value.ShouldNotBeNull();
        (await repository.HeadAsync(Tag("1.0"), Cancellation)).Value.ShouldNotBeNull();

        asked.Select(each => each.Scope).ShouldBe(["repository:team/app:pull,push", "repository:team/app:pull"]);
        asked.ShouldAllBe(each => each.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("maintainer:s3cret")));
        guard.Requests.ShouldAllBe(each => !each.Authorization.StartsWith("Basic"));
    }

    [Fact]
    public async Task Token_RanOut_IsFetchedAnew()
    {
        var repository = Open(guard, "team/app", Maintainer);
        (await repository.HeadAsync(Tag("1.0"), Cancellation)).IsOk.ShouldBeTrue();

        valid = "token-2";

        (await repository.HeadAsync(Tag("1.0"), Cancellation)).IsOk.ShouldBeTrue();
        asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Token_NoPassword_IsAskedForAnonymously()
    {
        (await Open(guard, "team/app").HeadAsync(Tag("1.0"), Cancellation)).IsOk.ShouldBeTrue();

        asked.ShouldHaveSingleItem().Authorization.ShouldBe("");
    }

    [Fact]
    public async Task Token_WrongPassword_IsSaidInTheServicesWords()
    {
        var error = await Open(guard, "team/app", Maintainer with { Password = "wrong" }).PingAsync(Cancellation);

        error!.Kind.ShouldBe(RegistryFailure.AuthenticationFailed);
        error.ToString().ShouldContain("incorrect username or password");
        error.ToString().ShouldNotContain("wrong");
    }

    [Fact]
    public async Task Token_ServiceOnAForeignHostInTheClear_GetsNoPassword()
    {
        realm = realm.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        var error = await Open(guard, "team/app", Maintainer).PingAsync(Cancellation);

        error!.Message.ShouldContain("They are not sent");
        asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirect_ToAForeignHost_GetsNoCredentials()
    {
        var seen = new List<string>();
        await using var storage = await LoopbackServer.StartAsync(app => app.Run(async context =>
        {
            seen.Add(context.Request.Headers.Authorization.ToString());
            await context.Response.WriteAsync("layer");
        }));
        var repository = Open(guard, "team/app", Maintainer);
        guard.Add(new Fault("GET", "/blobs/") { Answer = context => { context.Response.Redirect($"{storage.Address}layer"); return Task.CompletedTask; } });

        var read = await repository.ReadBlobAsync(new ContentDescriptor("", ContentDigest.Of("layer"u8), 5), 10, Cancellation);

        read.Value.ShouldBe("layer"u8.ToArray());
        seen.ShouldBe([""]);
    }

    [Fact]
    public async Task Upload_LocationOnAForeignHost_GetsNoCredentials()
    {
        var seen = new List<string>();
        await using var storage = await LoopbackServer.StartAsync(app => app.Run(context =>
        {
            seen.Add(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = StatusCodes.Status201Created;
            return Task.CompletedTask;
        }));
        var repository = Open(guard, "team/app", Maintainer);
        guard.Add(new Fault("POST", "/blobs/uploads/")
        {
            Answer = context =>
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                context.Response.Headers.Location = $"{storage.Address}upload";
                return Task.CompletedTask;
            },
        });

        (await repository.UploadAsync("layer"u8.ToArray(), Cancellation)).ShouldBeNull();

        seen.ShouldBe([""]);
    }

    [Fact]
    public void Endpoint_DockerHub_TrustsItsTokenServiceOverHttpsOnly()
    {
        var hub = RegistryEndpoint.Of(ImageRepository.DockerHub, insecure: false);

        hub.Address.ShouldBe(new Uri("https://registry-1.docker.io/"));
        hub.Trusts(new Uri("https://auth.docker.io/token")).ShouldBeTrue();
        hub.Trusts(new Uri("http://auth.docker.io/token")).ShouldBeFalse();
        hub.Follows(new Uri("http://registry-1.docker.io/v2/")).ShouldBeFalse();
        hub.Owns(new Uri("https://registry-1.docker.io:8443/v2/")).ShouldBeFalse();
        RegistryEndpoint.Of("registry.example", insecure: true).Trusts(new Uri("http://elsewhere.example/token")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("192.0.2.7", false)]
    public void ForeignAddress_OfThisMachineOrItsLink_IsNotConnectedTo(string address, bool inner) =>
        RegistryHttp.IsInner(System.Net.IPAddress.Parse(address)).ShouldBe(inner);

    private async Task<bool> GuardAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization == $"Bearer {valid}")
            return false;
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{realm}\",service=\"tests\",scope=\"repository:else/where:pull\"";
        await context.Response.WriteAsJsonAsync(new { errors = new[] { new { code = "UNAUTHORIZED", message = "authentication required" } } });
        return true;
    }

    private async Task TokenAsync(HttpContext context)
    {
        lock (asked)
            asked.Add((string.Join(' ', context.Request.Query["scope"].AsEnumerable()), context.Request.Headers.Authorization.ToString()));
        var password = context.Request.Headers.Authorization.ToString() is ['B', 'a', 's', 'i', 'c', ' ', .. var encoded] ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded)) : null;
        if (password is not (null or "maintainer:s3cret"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(new { details = "incorrect username or password" });
            return;
        }
        await context.Response.WriteAsJsonAsync(new { token = valid, expires_in = 300 });
    }
}
