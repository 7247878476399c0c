using System.Net;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Indexes;

/// <summary>Races and interrupted uploads.</summary>
public sealed class DurabilityTests : IAsyncLifetime
{
    private RunningSandbox sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await RunningSandbox.StartAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Upload_SameNameFromManyAtOnce_IsTakenOnce()
    {
        var files = Enumerable.Range(0, 8).Select(i => SmallDistribution.Write(sandbox.Sub($"dist-{i}"), "small", "1.0", $"Number {i}")).ToList();

        var answers = await Task.WhenAll(files.Select(file => Upload.SendAsync(sandbox.Client, "test", file)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest).ShouldBe(7);
        sandbox.Application.Effects.Read().ShouldHaveSingleItem();
        Directory.EnumerateFileSystemEntries(sandbox.Sub("data/indexes/test/incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_AfterUploadThatWasStoredAndNotRecorded_RecordsIt()
    {
        (await Upload.SendAsync(sandbox.Client, "test", SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0"))).EnsureSuccessStatusCode();

        // What is on disk when the process is killed between the two writes.
        await sandbox.RestartAsync(() => File.Delete(Path.Combine(sandbox.Sub("data"), "effects.jsonl")));

        sandbox.Application.Effects.Read().ShouldHaveSingleItem().Subject.ShouldBe("small-1.0.tar.gz");
        await sandbox.RestartAsync();
        sandbox.Application.Effects.Read().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Start_AfterUploadThatWasNeverFinished_TakesItsNameAgain()
    {
        // Bytes in their place without a release document: the process was killed before the upload counted.
        var place = sandbox.Sub("data/indexes/test/files/small");
        await File.WriteAllTextAsync(Path.Combine(place, "small-1.0.tar.gz"), "half");
        await sandbox.RestartAsync();
        var file = SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0");

        (await Upload.SendAsync(sandbox.Client, "test", file)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await sandbox.Client.GetByteArrayAsync("/indexes/test/files/small/small-1.0.tar.gz")).ShouldBe(await File.ReadAllBytesAsync(file));
    }
}
