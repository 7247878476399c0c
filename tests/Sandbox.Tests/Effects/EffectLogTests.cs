using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.Tests.Effects;

public sealed class EffectLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("effects-").FullName;

    private string LogPath => Path.Combine(folder, "effects.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Append_ThenReopen_ReadsTheSameEntries()
    {
        using (var log = new EffectLog(LogPath, TimeProvider.System))
        {
            await log.AppendAsync(new Effect("git", "push", "refs/heads/main", "abc", "maintainer"), TestContext.Current.CancellationToken);
            await log.AppendAsync(new Effect("github", "pull.create", "acme/tool#1"), TestContext.Current.CancellationToken);
        }

        using var reopened = new EffectLog(LogPath, TimeProvider.System);
        reopened.Read().Select(entry => (entry.Sequence, entry.Action)).ShouldBe([(1L, "push"), (2L, "pull.create")]);
        reopened.Read()[0].Digest.ShouldBe("abc");
    }

    [Fact]
    public async Task Open_LastLineTorn_DropsItAndGoesOn()
    {
        using (var log = new EffectLog(LogPath, TimeProvider.System))
            await log.AppendAsync(new Effect("git", "push", "one"), TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(LogPath, "{\"sequence\":2,\"ti", TestContext.Current.CancellationToken);

        using (var log = new EffectLog(LogPath, TimeProvider.System))
            await log.AppendAsync(new Effect("git", "push", "two"), TestContext.Current.CancellationToken);

        using var reopened = new EffectLog(LogPath, TimeProvider.System);
        reopened.Read().Select(entry => entry.Subject).ShouldBe(["one", "two"]);
    }
}
