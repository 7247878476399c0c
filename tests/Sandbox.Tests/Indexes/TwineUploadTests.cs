using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Indexes;

/// <summary>The real twine against the simulated indexes.</summary>
public sealed class TwineUploadTests : IAsyncLifetime
{
    private RunningSandbox sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await RunningSandbox.StartAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Upload_NewFile_IsServedAsUploadedAndRecordedOnce()
    {
        var file = SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0");

        (await sandbox.TwineAsync("test", "sandbox-test-token", file)).Succeeded();

        var bytes = await File.ReadAllBytesAsync(file);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        (await sandbox.Client.GetByteArrayAsync("/indexes/test/files/small/small-1.0.tar.gz")).ShouldBe(bytes);
        var effect = sandbox.Application.Effects.Read().ShouldHaveSingleItem();
        effect.Service.ShouldBe("index.test");
        effect.Action.ShouldBe("upload");
        effect.Subject.ShouldBe("small-1.0.tar.gz");
        effect.Digest.ShouldBe($"sha256:{sha256}");
        (await sandbox.Client.GetAsync("/indexes/production/pypi/small/json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Small")]
    [InlineData("Other bytes")]
    public async Task Upload_NameThatExists_IsRefusedAndChangesNothing(string summary)
    {
        var first = SmallDistribution.Write(sandbox.Sub("first"), "small", "1.0");
        var second = SmallDistribution.Write(sandbox.Sub("second"), "small", "1.0", summary);
        (await sandbox.TwineAsync("production", "sandbox-production-token", first)).Succeeded();

        var run = await sandbox.TwineAsync("production", "sandbox-production-token", second);

        run.ExitCode.ShouldNotBe(0);
        run.All.ShouldContain("File already exists");
        (await sandbox.Client.GetByteArrayAsync("/indexes/production/files/small/small-1.0.tar.gz")).ShouldBe(await File.ReadAllBytesAsync(first));
        sandbox.Application.Effects.Read().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("test", "wrong")]
    [InlineData("production", "sandbox-test-token")]
    public async Task Upload_WrongToken_Is403(string index, string token)
    {
        var file = SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0");

        var run = await sandbox.TwineAsync(index, token, file);

        run.ExitCode.ShouldNotBe(0);
        run.All.ShouldContain("403");
        run.All.ShouldContain("authentication");
        sandbox.Application.Effects.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_WhileIndexRefuses_SaysSoAndStoresNothing()
    {
        var file = SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0");
        sandbox.Application.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status,
            Method = "POST",
            Path = "/indexes/production/legacy/",
            Status = 403,
            Body = "New project creation is disabled",
        });

        var run = await sandbox.TwineAsync("production", "sandbox-production-token", file);

        run.ExitCode.ShouldNotBe(0);
        run.All.ShouldContain("project creation is disabled");
        sandbox.Indexes.Production.Files("small").ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_AnswerLost_IsStoredOnceAndFoundByItsHash()
    {
        var file = SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0");
        sandbox.Application.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Method = "POST", Path = "/indexes/test/legacy/", Times = 1 });

        (await sandbox.TwineAsync("test", "sandbox-test-token", file)).ExitCode.ShouldNotBe(0);

        var document = JsonNode.Parse(await sandbox.Client.GetStringAsync("/indexes/test/pypi/small/1.0/json"))!;
        document["urls"]![0]!["digests"]!["sha256"]!.GetValue<string>()
            .ShouldBe(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))));
        sandbox.Application.Effects.Read().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Restart_AfterUpload_KeepsFileAndItsName()
    {
        var file = SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0");
        (await sandbox.TwineAsync("test", "sandbox-test-token", file)).Succeeded();

        await sandbox.RestartAsync();

        (await sandbox.Client.GetByteArrayAsync("/indexes/test/files/small/small-1.0.tar.gz")).ShouldBe(await File.ReadAllBytesAsync(file));
        (await sandbox.TwineAsync("test", "sandbox-test-token", file)).All.ShouldContain("File already exists");
        sandbox.Application.Effects.Read().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Delete_ThenUploadOfSameName_IsRefused()
    {
        var file = SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0");
        (await sandbox.TwineAsync("test", "sandbox-test-token", file)).Succeeded();

        (await sandbox.Client.DeleteAsync("/sandbox/indexes/test/files/small-1.0.tar.gz")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await sandbox.RestartAsync();

        (await sandbox.Client.GetAsync("/indexes/test/simple/small/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sandbox.TwineAsync("test", "sandbox-test-token", file)).All.ShouldContain("already been used");
    }
}
