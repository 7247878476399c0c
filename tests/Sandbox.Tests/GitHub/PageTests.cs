namespace ReleaseDashboard.Sandbox.Tests.GitHub;

public sealed class PageTests : SandboxTest
{
    [Fact]
    public async Task Links_OfAnswers_LeadToPagesThatEncodeWhatTheyShow()
    {
        var (number, head) = await OpenPullAsync("feature");
        await SendAsync(HttpMethod.Patch, $"/pulls/{number}", new { title = "<script>alert(1)</script>" });
        var (_, release) = await PostAsync("/releases", new { tag_name = "v1.0.0", body = "What is new" });
        var browser = Client(null);

        var pull = await browser.GetStringAsync((await GetAsync($"/pulls/{number}"))["html_url"]!.GetValue<string>(), Cancel);
        pull.ShouldContain("&lt;script&gt;");
        pull.ShouldNotContain("<script>");
        (await browser.GetStringAsync(release!["html_url"]!.GetValue<string>(), Cancel)).ShouldContain("What is new");
        (await browser.GetStringAsync((await GetAsync($"/commits/{head}"))["html_url"]!.GetValue<string>(), Cancel)).ShouldContain("+feature");
        (await browser.GetStringAsync((await GetAsync(""))["html_url"]!.GetValue<string>(), Cancel)).ShouldContain("refs/tags/v1.0.0");
        ((int)(await browser.GetAsync("/acme/tool/pull/99", Cancel)).StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task ReviewButton_OfThePullRequestPage_ReviewsAsThatPersona()
    {
        var (number, head) = await OpenPullAsync("feature");
        var browser = Client(null);
        var page = await browser.GetStringAsync($"/acme/tool/pull/{number}", Cancel);
        page.ShouldContain("value=\"APPROVE reviewer\"");
        page.ShouldNotContain("APPROVE maintainer", Case.Sensitive, "who opened it cannot approve it");

        using var pressed = new FormUrlEncodedContent(new Dictionary<string, string> { ["choice"] = "APPROVE reviewer" });
        using var answer = await browser.PostAsync($"/acme/tool/pull/{number}/review", pressed, Cancel);

        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("reviewer: APPROVED");
        var effect = EffectsOf("pull.review").ShouldHaveSingleItem();
        (effect.Actor, effect.Digest).ShouldBe(("reviewer", head));
    }
}
