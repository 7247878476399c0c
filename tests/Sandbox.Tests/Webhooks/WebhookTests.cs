using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.Tests.Webhooks;

public sealed class WebhookTests : SandboxTest
{
    [Fact]
    public async Task Push_ToATarget_ArrivesSignedWithWhatMoved()
    {
        await using var receiver = await Receiver.StartAsync();
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
        await using var receiver = await Receiver.StartAsync();
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

    private sealed record Received(string Event, string Id, string Signature, byte[] Body)
    {
        public string? Action => JsonNode.Parse(Body)!["action"]?.GetValue<string>();
    }

    private sealed class Receiver : IAsyncDisposable
    {
        private readonly Channel<Received> arrived = Channel.CreateUnbounded<Received>();
        private readonly WebApplication app;

        private Receiver()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            app = builder.Build();
            app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                var headers = context.Request.Headers;
                await arrived.Writer.WriteAsync(
                    new Received(headers["X-GitHub-Event"]!, headers["X-GitHub-Delivery"]!, headers["X-Hub-Signature-256"].ToString(), body.ToArray()));
            });
        }

        public string Url => app.Urls.First() + "/hook";

        public HashSet<string> Seen { get; } = [];

        public static async Task<Receiver> StartAsync()
        {
            var receiver = new Receiver();
            await receiver.app.StartAsync(TestContext.Current.CancellationToken);
            return receiver;
        }

        public async Task<Received> NextAsync(string name, CancellationToken cancellationToken, string? action = null)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(TimeSpan.FromSeconds(10));
            await foreach (var received in arrived.Reader.ReadAllAsync(deadline.Token))
            {
                Seen.Add($"{received.Event} {received.Action}".Trim());
                if (received.Event == name && (action is null || received.Action == action))
                    return received;
            }

            throw new InvalidOperationException("The receiver ended.");
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
