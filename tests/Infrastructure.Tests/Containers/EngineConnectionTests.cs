using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Tests.Clients;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>How an engine is found and reached.</summary>
public sealed class EngineConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static EngineOptions Read(Dictionary<string, string>? settings = null, Dictionary<string, string>? variables = null) =>
        EngineOptions.Read(name => settings?.GetValueOrDefault(name), name => variables?.GetValueOrDefault(name));

    [Fact]
    public void Options_OfNothing_AreTheUsualSocket() => Read().Address.ToString().ShouldBe("unix:///var/run/docker.sock");

    [Fact]
    public void Options_SettingAndVariable_TheSettingCounts()
    {
        var variables = new Dictionary<string, string> { ["DOCKER_HOST"] = "tcp://build.example:2376", ["DOCKER_CERT_PATH"] = "/certs", ["DOCKER_TLS_VERIFY"] = "1" };
        var ofVariables = Read(variables: variables);
        ofVariables.Address.ToString().ShouldBe("tcp://build.example:2376");
        ofVariables.Certificates.ShouldBe("/certs");
        Read(new() { ["Docker:Host"] = "unix:///run/other.sock" }, variables).Address.Socket.ShouldBe("/run/other.sock");
        Read(variables: new() { ["DOCKER_HOST"] = "tcp://a", ["DOCKER_CERT_PATH"] = "/certs" }).Certificates.ShouldBeNull();
        Read(new() { ["Docker:Host"] = "tcp://a" }).Address.PortFor(tls: false).ShouldBe(2375);
    }

    [Theory]
    [InlineData("http://a")]
    [InlineData("unix://relative")]
    [InlineData("tcp://")]
    [InlineData("tcp://user@host:1")]
    public void Options_NoAddress_AreRefused(string host) => Should.Throw<FormatException>(() => Read(new() { ["Docker:Host"] = host })).Message.ShouldContain(host);

    [Fact]
    public void Options_TlsWithoutCertificates_AreRefused() =>
        Should.Throw<FormatException>(() => Read(new() { ["Docker:Host"] = "tcp://a", ["Docker:TlsVerify"] = "true" }));

    [Fact]
    public async Task Engine_NotThere_SaysWhatToDo()
    {
        using var client = new EngineClient(new EngineOptions { Address = EngineAddress.Parse("unix:///nowhere/docker.sock") }, TimeProvider.System);
        var error = (await client.VersionAsync(Stop)).Error!;
        error.Kind.ShouldBe(EngineFailure.Unreachable);
        error.Message.ShouldContain("unix:///nowhere/docker.sock cannot be reached");
        error.WhatToDo.ShouldContain("Docker:Host");
    }

    [Fact]
    public async Task Engine_ThatIsAnotherServer_IsTold()
    {
        await using var registry = await RegistryServer.StartAsync();
        using var client = new EngineClient(new EngineOptions { Address = EngineAddress.Parse($"tcp://{registry.Host}") }, TimeProvider.System);
        (await client.VersionAsync(Stop)).Error!.Kind.ShouldBeOneOf(EngineFailure.WrongVersion, EngineFailure.NotFound);
    }

    [Theory]
    [InlineData("1.41", "1.41")]
    [InlineData("1.51", "1.47")]
    [InlineData("1.40", "1.40")]
    public void Versions_OfBoth_TheOlderIsSpoken(string engine, string spoken) => ApiVersions.Agree(engine).Value.ShouldBe(spoken);

    [Theory]
    [InlineData("1.39")]
    [InlineData("")]
    [InlineData("2.0")]
    public void Versions_OfOthers_AreRefused(string engine) => ApiVersions.Agree(engine).Error!.Kind.ShouldBe(EngineFailure.WrongVersion);

    [Fact]
    public async Task Tls_WithTheRightCertificate_IsLetIn()
    {
        using var folder = new TemporaryFolder();
        TlsCertificates.Write(folder.Path);
        await using var engine = await DockerEngine.StartAsync(folder.Path);
        var address = EngineAddress.Parse($"tcp://127.0.0.1:{engine.TlsPort}");
        using (var client = new EngineClient(new EngineOptions { Address = address, Certificates = folder.Path }, TimeProvider.System))
            (await client.VersionAsync(Stop)).IsOk.ShouldBeTrue();

        // A client certificate of another authority is turned away, and so is an engine whose authority is not ours.
        using var strange = new TemporaryFolder();
        TlsCertificates.Write(strange.Path);
        using (var client = new EngineClient(new EngineOptions { Address = address, Certificates = strange.Path }, TimeProvider.System))
            (await client.VersionAsync(Stop)).Error!.Kind.ShouldBe(EngineFailure.Unreachable);
        File.Copy(folder.At("ca.pem"), strange.At("ca.pem"), overwrite: true);
        using (var client = new EngineClient(new EngineOptions { Address = address, Certificates = strange.Path }, TimeProvider.System))
            (await client.VersionAsync(Stop)).IsOk.ShouldBeFalse();
        using (var client = new EngineClient(new EngineOptions { Address = address }, TimeProvider.System))
            (await client.VersionAsync(Stop)).IsOk.ShouldBeFalse();
    }
}
