using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Webhooks;

public sealed class WebhookTests : SandboxTest
{
    [Fact]
    public async Task Push_ToATarget_ArrivesSignedWithWhatMoved()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await PostAsync("/hooks", new { config = new { url = receiver.Url, secret = "shared" }, events = new[] { "push", "create" } });
        var before = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;
        var head = await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("push", "--quiet", "origin", "main");

        var delivery = await receiver.NextAsync("push", Cancel);

        var body = JsonNode.Parse(delivery.Body)!;
        (body["before"]!.GetValue<string>(), body["after"]!.GetValue<string>(), body["ref"]!.GetValue<string>())
            .ShouldBe((before, head, "refs/heads/main"));
        body["sender"]!["login"]!.GetValue<string>().ShouldBe("maintainer");
        delivery.Signature.ShouldBe("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("shared"u8, delivery.Body)));
        Guid.TryParse(delivery.Id, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Life_OfAPullRequestAndRelease_SendsEachEvent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await PostAsync("/hooks", new { config = new { url = receiver.Url }, events = new[] { "*" } });

        var (number, _) = await OpenPullAsync("feature");
        await PostAsync($"/pulls/{number}/reviews", new { @event = "APPROVE" }, Reviewer);
        (await receiver.NextAsync("check_suite", Cancel, "completed")).Signature.ShouldBeEmpty("there is no secret");
        await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { });
        await receiver.NextAsync("pull_request", Cancel, "closed");
        await PostAsync("/releases", new { tag_name = "v1.0.0" });
        await receiver.NextAsync("release", Cancel, "published");

        string[] wanted = ["push", "create", "pull_request opened", "pull_request closed", "pull_request_review submitted",
            "check_suite requested", "check_run created", "check_run completed", "check_suite completed", "release published"];
        receiver.Seen.ShouldBe(wanted, ignoreOrder: true);
    }

    [Fact]
    public async Task Hook_OutsideThisMachine_IsRefused()
    {
        var (status, _) = await PostAsync("/hooks", new { config = new { url = "http://example.com/hook" } });

        status.ShouldBe(422);
    }
}
