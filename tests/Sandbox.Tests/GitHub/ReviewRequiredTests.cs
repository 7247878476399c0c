namespace ReleaseDashboard.Sandbox.Tests.GitHub;

public sealed class ReviewRequiredTests : SandboxTest
{
    protected override SandboxOptions Options => base.Options with { ReviewRequired = true };

    [Fact]
    public async Task Merge_WithoutApprovalOfTheCurrentHead_IsRefused()
    {
        var (number, _) = await OpenPullAsync("feature");
        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { })).Status.ShouldBe(405);

        (await PostAsync($"/pulls/{number}/reviews", new { @event = "APPROVE" })).Status.ShouldBe(422, "an author cannot approve");
        (await PostAsync($"/pulls/{number}/reviews", new { @event = "APPROVE" }, Reviewer)).Status.ShouldBe(200);
        await Clone.CommitAsync("late.txt", "late\n", "Slip something in");
        await Clone.GitAsync("push", "--quiet", "origin", "feature");
        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { })).Status.ShouldBe(405, "the approval was of the head before");

        (await PostAsync($"/pulls/{number}/reviews", new { @event = "APPROVE" }, Reviewer)).Status.ShouldBe(200);
        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Merge_ChangesRequestedAfterApproval_IsRefused()
    {
        var (number, _) = await OpenPullAsync("feature");
        await PostAsync($"/pulls/{number}/reviews", new { @event = "APPROVE" }, Reviewer);
        await PostAsync($"/pulls/{number}/reviews", new { @event = "REQUEST_CHANGES", body = "Wait" }, Reviewer);

        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { })).Status.ShouldBe(405);
    }
}
