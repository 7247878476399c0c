using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.Tests.Registries;

public sealed class RegistryRestartTests : RegistryTest
{
    [Fact]
    public async Task Restart_WithImages_KeepsThemAndHasNoEffects()
    {
        var image = await PushAsync(Preproduction, "example/hello", "debian", "first");
        var before = Sandbox.Application.Effects.Read();

        await Sandbox.RestartAsync();

        Preproduction.FindManifest("example/hello", "debian")!.Digest.ShouldBe(image.Index);
        Sandbox.Application.Effects.Read().ShouldBe(before);
    }

    [Fact]
    public async Task Start_KilledBetweenAChangeAndItsEffect_LogsItOnce()
    {
        await PushAsync(Preproduction, "example/hello", "debian", "first");
        var data = Path.Combine(Sandbox.Sub("data"), "registries", "preproduction");
        var digest = Preproduction.FindManifest("example/hello", "debian")!.Digest;
        await Sandbox.RestartAsync(() => Promise(data, digest, "late"));
        await Sandbox.RestartAsync();

        EffectsOf("tag.move").Count(entry => entry.Subject == "example/hello:late").ShouldBe(1);
    }

    [Fact]
    public async Task Start_KilledBeforeTheChange_LogsNothing()
    {
        await PushAsync(Preproduction, "example/hello", "debian", "first");
        var data = Path.Combine(Sandbox.Sub("data"), "registries", "preproduction");

        await Sandbox.RestartAsync(() => Promise(data, ContentDigest.Of("never"u8), "never", change: false));

        EffectsOf("tag.move").ShouldNotContain(entry => entry.Subject == "example/hello:never");
    }

    // Does what a process does that dies right before the log is written.
    private static void Promise(string data, ContentDigest digest, string tag, bool change = true)
    {
        var folder = new RegistryFolder(data);
        var log = Path.Combine(data, "..", "..", "effects.jsonl");
        var count = File.ReadAllLines(log).Length;
        var effect = new Effect("registry.preproduction", "tag.move", $"example/hello:{tag}", digest.Value, "sandbox");
        var path = folder.Tag("example/hello", tag);
        File.WriteAllText(folder.Pending, $$"""
            {"after": {{count}}, "promised": [{"effect": {"service": "{{effect.Service}}", "action": "{{effect.Action}}", "subject": "{{effect.Subject}}",
            "digest": "{{digest}}", "actor": "sandbox"}, "path": "{{path}}", "digest": "{{digest}}", "present": true}]}
            """);
        if (change)
            RegistryFolder.Save(path, new TagLink(digest.Value));
    }
}
