using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Promotion;

/// <summary>Exactly the approved images get to production, or nothing has a name there.</summary>
public sealed class ImagesPromotionTests : PromotionFixture
{
    [Fact]
    public async Task Promote_Approved_PutsEveryTagOnTheApprovedDigest()
    {
        var debian = await PushAsync("debian");
        var alpine = await PushAsync("alpine");

        var proof = (await PromoteAsync(await ApproveAsync())).ShouldBeOfType<Observation.Done>().Evidence;

        foreach (var tag in (string[])["1.2.0-debian", "debian", "latest"])
            (await PublishedAsync(tag)).ShouldBe(debian.Digest);
        foreach (var tag in (string[])["1.2.0-alpine", "alpine"])
            (await PublishedAsync(tag)).ShouldBe(alpine.Digest);
        (await Published.TagsAsync(Cancellation)).Value.Count.ShouldBe(5);
        proof["tag: latest"].ShouldBe(debian.Digest.Value);
        Release.Lines.ShouldAllBe(line => !line.Contains("s3cret", StringComparison.Ordinal));
        var tags = Door.Requests.Where(request => request.Method == "PUT" && request.Target.Contains("/manifests/", StringComparison.Ordinal) && !request.Target.Contains("sha256", StringComparison.Ordinal));
        tags.Select(request => request.Target.Split('/')[^1]).ShouldBe(["1.2.0-debian", "1.2.0-alpine", "debian", "alpine", "latest"]);
    }

    [Fact]
    public async Task Promote_DoneBefore_WritesNothing()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Done>();
        var before = Door.Requests.Count(request => request.Method is not ("GET" or "HEAD"));

        (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Done>();

        Door.Requests.Count(request => request.Method is not ("GET" or "HEAD")).ShouldBe(before);
    }

    [Fact]
    public async Task Promote_TagsThatUsersFollow_MoveAndWhereTheyWereIsKept()
    {
        var last = await new SampleImages(Published).IndexAsync(Platforms, [100], Cancellation, Tag("latest"));
        var debian = await PushAsync("debian");
        await PushAsync("alpine");

        var proof = (await PromoteAsync(await ApproveAsync())).ShouldBeOfType<Observation.Done>().Evidence;

        (await PublishedAsync("latest")).ShouldBe(debian.Digest);
        proof["before: latest"].ShouldBe(last.Digest.Value);
    }

    [Fact]
    public async Task Promote_VersionTagIsAnotherImage_StopsForAHuman()
    {
        var there = await new SampleImages(Published).IndexAsync(Platforms, [100], Cancellation, Tag("1.2.0-alpine"));
        await PushAsync("debian");
        await PushAsync("alpine");

        var different = (await PromoteAsync(await ApproveAsync())).ShouldBeOfType<Observation.Different>();

        different.Error.Code.ShouldBe("tag-taken");
        (await PublishedAsync("1.2.0-alpine")).ShouldBe(there.Digest);
        (await PublishedAsync("1.2.0-debian")).ShouldBeNull();
    }

    [Fact]
    public async Task Promote_NotApproved_CopiesNothing()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = (await LookAsync()).ShouldBeOfType<Observation.Done>().Evidence["inventory"]!;

        (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Failed>().Error.Code.ShouldBe("not-approved");

        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task Promote_OtherDigestsThanApproved_CopiesNothing()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        await ApproveAsync();
        await PushAsync("debian", size: 7000);
        var other = (await LookAsync()).ShouldBeOfType<Observation.Done>().Evidence["inventory"]!;

        (await PromoteAsync(other)).ShouldBeOfType<Observation.Failed>().Error.Code.ShouldBe("not-approved");

        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task Promote_TagMovedInPreproductionAfterTheApproval_CopiesNothing()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        var other = await PushAsync("alpine", size: 7000);

        var different = (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Different>();

        different.Error.Code.ShouldBe("tag-moved");
        different.Evidence["found: 1.2.0-alpine"].ShouldBe(other.Digest.Value);
        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task Promote_TagMovesWhileActing_CopiesNothing()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var context = Release.Build("images.promote", ("inventory", await ApproveAsync()));
        (await Promote.ObserveAsync(context, Cancellation)).ShouldBeOfType<Observation.NotDone>();
        await PushAsync("alpine", size: 7000);

        (await Promote.ActAsync(context, Cancellation)).ShouldBeOfType<ActResult.Failed>().Error.Code.ShouldBe("tag-moved");

        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task Promote_PlatformMissing_CopiesNoTag()
    {
        var debian = await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        (await Tested.DeleteAsync(debian.Document.Manifests[1].Digest, Cancellation)).ShouldBeNull();

        var error = (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Failed>().Error;

        error.Why.ShouldContain("linux/arm64");
        await ShouldHoldNothingAsync();
    }

    [Theory]
    [InlineData(401, "wrong-credential")]
    [InlineData(429, "rate-limit")]
    [InlineData(500, "unreachable")]
    public async Task Promote_ProductionRefusesInMidCopy_StopsInItsWordsWithoutATag(int status, string code)
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        Door.Add(Fault.Refusing("PUT", "/blobs/uploads/", status, "SOMETHING", "words of the registry", retryAfter: "1000"));
        var context = Release.Build("images.promote", ("inventory", inventory));

        var error = await Promote.ActAsync(context, Cancellation) switch
        {
            ActResult.Failed failed => failed.Error,
            ActResult.AnswerLost lost => lost.Error,
            var other => throw new InvalidOperationException(other.ToString()),
        };

        error.Code.ShouldBe(code);
        error.Why.ShouldContain("words of the registry");
        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task Promote_AnswerOfATagIsLost_IsFoundOut()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        Door.Add(new Fault("PUT", "/manifests/1.2.0-debian", times: 1) { LoseAnswer = true });

        (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Done>();

        Door.CountOf("PUT", "/manifests/1.2.0-debian").ShouldBe(1);
    }

    [Fact]
    public async Task Parity_AfterPromotion_IsGreen()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Done>();

        var proof = (await Parity.ObserveAsync(Release.Build("images.parity", ("inventory", inventory)), Cancellation)).ShouldBeOfType<Observation.Done>().Evidence;

        proof["parity"].ShouldBe("4 of 4 equal");
        proof.Items.Where(item => item.Kind == EvidenceKind.Images).Select(item => item.Name).ShouldBe(["preproduction", "production"]);
        (await Parity.ObserveAsync(Release.Build("images.parity"), Cancellation)).ShouldBeOfType<Observation.Done>();
    }

    [Fact]
    public async Task Parity_NothingPromoted_FailsAndWaitsWhereItMay()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        await new SampleImages(Published).IndexAsync(Platforms, [100], Cancellation, Tag("latest"));

        var failed = (await Parity.ObserveAsync(Release.Build("images.parity", ("inventory", inventory)), Cancellation)).ShouldBeOfType<Observation.Failed>();
        var waiting = (await Parity.ObserveAsync(Release.Build("images.parity", ("inventory", inventory), ("wait", true)), Cancellation)).ShouldBeOfType<Observation.Waiting>();

        failed.Error.Code.ShouldBe("not-equal");
        failed.Error.Why.ShouldContain("debian for linux/arm64 is missing");
        failed.Evidence["parity"].ShouldBe("0 of 4 equal");
        waiting.Reason.ShouldContain("0 of 4 equal");
    }

    [Fact]
    public async Task Parity_OtherImageInProduction_FailsEvenWhereItMayWait()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        (await PromoteAsync(inventory)).ShouldBeOfType<Observation.Done>();
        foreach (var tag in (string[])["1.2.0-debian", "debian", "latest"])
            await new SampleImages(Published).IndexAsync(Platforms, [100], Cancellation, Tag(tag));

        var failed = (await Parity.ObserveAsync(Release.Build("images.parity", ("inventory", inventory), ("wait", true)), Cancellation)).ShouldBeOfType<Observation.Failed>();

        failed.Error.Why.ShouldContain("debian for linux/amd64 is sha256:");
    }
}
