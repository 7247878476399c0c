using System.Text.Json.Nodes;

namespace ReleaseDashboard.Sandbox.Tests.Registries;

public sealed class SkopeoTests : RegistryTest
{
    [Fact]
    public async Task Copy_FromOneRegistryToTheOther_KeepsEveryDigest()
    {
        var image = await PushAsync(Preproduction, "example/hello", "1.0.0-debian", "first");

        (await SkopeoAsync(
            "copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", "--dest-creds", $"sandbox:{Production.Credentials.Token}",
            $"docker://{Host(Preproduction)}/example/hello:1.0.0-debian", $"docker://{Host(Production)}/example/hello:1.0.0-debian")).Succeeded();

        var raw = (await SkopeoAsync("inspect", "--raw", "--tls-verify=false", $"docker://{Host(Production)}/example/hello:1.0.0-debian")).Succeeded();
        JsonNode.Parse(raw.Output)!["manifests"]!.AsArray().Count.ShouldBe(2);
        Production.FindManifest("example/hello", "1.0.0-debian")!.Digest.ShouldBe(image.Index);
        var made = Sandbox.Application.Effects.Read().Where(entry => entry.Service == "registry.production").ToList();
        made.Count(entry => entry.Action == "blob.put").ShouldBe(4);
        made.Count(entry => entry.Action == "manifest.put").ShouldBe(3);
        made.ShouldContain(entry => entry.Action == "tag.move" && entry.Subject == "example/hello:1.0.0-debian" && entry.Digest == image.Index.Value && entry.From == null);
    }

    [Fact]
    public async Task Copy_IntoTheSameTagAgain_LogsWhereTheTagCameFrom()
    {
        var first = await PushAsync(Preproduction, "example/hello", "debian", "first");
        var second = await PushAsync(Preproduction, "example/hello", "debian", "second");
        await PushAsync(Preproduction, "example/hello", "debian", "second");

        var moves = EffectsOf("tag.move");
        moves.Select(move => (move.From, move.Digest)).ShouldBe([(null, first.Index.Value), (first.Index.Value, second.Index.Value)]);
        moves.ShouldAllBe(move => move.Actor == "sandbox");
    }

    [Fact]
    public async Task Copy_ToAnotherRepositoryOfTheRegistry_MountsUnlessRefused()
    {
        var image = await PushAsync(Preproduction, "example/hello", "debian", "first");
        await CopyWithinAsync("example/mounted");
        EffectsOf("blob.mount").ShouldContain(entry => entry.Subject == "example/mounted" && entry.From == "example/hello");

        Preproduction.RefuseMounts = true;
        await CopyWithinAsync("example/uploaded");

        EffectsOf("blob.mount").ShouldNotContain(entry => entry.Subject == "example/uploaded");
        Preproduction.FindManifest("example/uploaded", "debian")!.Digest.ShouldBe(image.Index);
    }

    [Fact]
    public async Task ListTags_OfManyTags_FollowsThePages()
    {
        await PushAsync(Preproduction, "example/hello", "b", "first");
        await PushAsync(Preproduction, "example/hello", "a", "first");

        var listed = (await SkopeoAsync("list-tags", "--tls-verify=false", $"docker://{Host(Preproduction)}/example/hello")).Succeeded();

        JsonNode.Parse(listed.Output)!["Tags"]!.AsArray().Select(tag => tag!.GetValue<string>()).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Copy_WithWrongOrNoCredentials_IsRefusedAndChangesNothing()
    {
        await PushAsync(Preproduction, "example/hello", "debian", "first");
        string[] copy = ["copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false"];
        var from = $"docker://{Host(Preproduction)}/example/hello:debian";
        var to = $"docker://{Host(Production)}/example/hello:debian";

        var wrong = await SkopeoAsync([.. copy, "--dest-creds", $"sandbox:{Preproduction.Credentials.Token}", from, to]);
        var none = await SkopeoAsync([.. copy, "--dest-no-creds", from, to]);

        wrong.ExitCode.ShouldNotBe(0, wrong.All);
        none.ExitCode.ShouldNotBe(0, none.All);
        none.Error.ShouldContain("authentication required");
        Production.Repositories.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_ATag_TakesTheManifestAndItsTagsAway()
    {
        await PushAsync(Preproduction, "example/hello", "debian", "first");

        (await SkopeoAsync(
            "delete", "--tls-verify=false", "--creds", $"sandbox:{Preproduction.Credentials.Token}", $"docker://{Host(Preproduction)}/example/hello:debian")).Succeeded();

        Preproduction.FindManifest("example/hello", "debian").ShouldBeNull();
        EffectsOf("tag.delete").ShouldHaveSingleItem().Subject.ShouldBe("example/hello:debian");
    }

    private async Task CopyWithinAsync(string repository) => (await SkopeoAsync(
        "copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", "--dest-creds", $"sandbox:{Preproduction.Credentials.Token}",
        $"docker://{Host(Preproduction)}/example/hello:debian", $"docker://{Host(Preproduction)}/{repository}:debian")).Succeeded();
}
