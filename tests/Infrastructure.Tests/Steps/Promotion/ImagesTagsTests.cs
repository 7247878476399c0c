using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Promotion;

/// <summary>People approve where each tag goes and where it comes from.</summary>
public sealed class ImagesTagsTests : PromotionFixture
{
    [Fact]
    public async Task Tags_OfAVersion_SayWhatIsNewWhatMovesAndWhatIsThere()
    {
        var last = await OlderAsync("latest");
        var debian = await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();

        var proof = (await Tags.ObserveAsync(Release.Build("images.tags", ("inventory", inventory)), Cancellation)).ShouldBeOfType<Observation.Done>().Evidence;

        proof["moves"].ShouldBe("4 new, 1 moved");
        TagMoves.TryParse(proof["tags"], out var moves).ShouldBeTrue();
        moves!.ToString().ShouldBe(proof["tags"]);
        moves.All.Select(move => (move.Tag.Value, move.IsMove)).ShouldBe([("1.2.0-debian", false), ("1.2.0-alpine", false), ("debian", false), ("alpine", false), ("latest", true)]);
        moves.Find(Tag("latest")).ShouldBe(new TagMove("debian", Tag("latest"), debian.Digest, last));
        (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Done>();
        (await Tags.ObserveAsync(Release.Build("images.tags", ("inventory", inventory)), Cancellation)).ShouldBeOfType<Observation.Done>().Evidence["moves"].ShouldBe("0 new, 0 moved, 5 there already");
    }

    [Fact]
    public async Task Tags_VersionIsAnotherImage_StopsBeforeTheApproval()
    {
        await OlderAsync("1.2.0-debian");
        await PushAsync("debian");
        await PushAsync("alpine");

        var seen = await Tags.ObserveAsync(Release.Build("images.tags", ("inventory", await ApproveAsync())), Cancellation);

        seen.ShouldBeOfType<Observation.Failed>().Error.Code.ShouldBe("tag-taken");
    }

    [Fact]
    public async Task Promote_TagsAsApproved_MoveThem()
    {
        await OlderAsync("latest");
        var debian = await PushAsync("debian");
        await PushAsync("alpine");
        var tags = await TagsAsync(await ApproveAsync());

        (await PromoteAsync(await ApproveAsync(tags), tags)).ShouldBeOfType<Observation.Done>();

        (await PublishedAsync("latest")).ShouldBe(debian.Digest);
    }

    [Fact]
    public async Task Promote_TagMovedInProductionSinceTheApproval_StaysWhereItIs()
    {
        await OlderAsync("latest");
        await PushAsync("debian");
        await PushAsync("alpine");
        var tags = await TagsAsync(await ApproveAsync());
        var inventory = await ApproveAsync(tags);
        var newer = await OlderAsync("latest", size: 200);

        var different = (await PromoteAsync(inventory, tags)).ShouldBeOfType<Observation.Different>();

        different.Error.Code.ShouldBe("production-moved");
        different.Error.Why.ShouldContain(newer.Value);
        (await PublishedAsync("latest")).ShouldBe(newer);
        (await PublishedAsync("1.2.0-debian")).ShouldBeNull();
    }

    [Fact]
    public async Task Promote_OtherTagsThanTheApproved_MovesNothing()
    {
        var last = await OlderAsync("latest");
        await PushAsync("debian");
        await PushAsync("alpine");
        var tags = await TagsAsync(await ApproveAsync());
        var inventory = await ApproveAsync(tags);

        (await PromoteAsync(inventory, tags.Replace(last.Value, $"sha256:{new string('0', 64)}", StringComparison.Ordinal))).ShouldBeOfType<Observation.Failed>().Error.Code.ShouldBe("not-approved");

        (await PublishedAsync("latest")).ShouldBe(last);
    }

    private async Task<ContentDigest> OlderAsync(string tag, int size = 100) => (await new SampleImages(Published).IndexAsync(Platforms, [size], Cancellation, Tag(tag))).Digest;
}
