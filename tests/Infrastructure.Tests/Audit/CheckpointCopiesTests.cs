using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Tests.Clients;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>Checkpoints reach the places where copies are kept, over faults and restarts.</summary>
public sealed class CheckpointCopiesTests
{
    private const string Secret = "correct horse";

    [Theory, DatabaseData]
    public async Task Copies_ToFileAndWebhook_ArriveOnceEachAndSigned(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var bodies = new ConcurrentQueue<(string Signature, byte[] Body)>();
        var refusals = 1;
        await using var receiver = await LoopbackServer.StartAsync(app => app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            // The first try fails: nothing may be left out for it.
            if (Interlocked.Decrement(ref refusals) >= 0)
                http.Response.StatusCode = 503;
            else
                bodies.Enqueue((http.Request.Headers["X-Hub-Signature-256"].ToString(), body.ToArray()));
        }));
        var file = Path.Combine(world.Database.DataFolder, "kept", "checkpoints.txt");
        var options = world.Options with { File = file, WebhookUrl = new Uri(receiver.Address), WebhookSecret = Secret };
        await RunAsync(world, options, () => bodies.Count == 2 && Sizes(file).Count == 2);
        Sizes(file).ShouldBe([300, 600]);
        foreach (var (signature, body) in bodies)
            signature.ShouldBe("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        bodies.Select(post => JsonDocument.Parse(post.Body).RootElement.GetProperty("size").GetInt64()).ShouldBe([300, 600]);

        await world.FillAsync(1);
        await world.SignAsync();
        await RunAsync(world, options, () => bodies.Count == 3 && Sizes(file).Count == 3);
        Sizes(file).ShouldBe([300, 600, 601]);
        (await world.VerifyAsync(await File.ReadAllTextAsync(file))).Intact.ShouldBeTrue();
    }

    private static async Task RunAsync(AuditWorld world, AuditOptions options, Func<bool> until)
    {
        using var copies = new CheckpointCopies(world.Database.Ledger, options, new StartedHost(), TimeProvider.System, NullLogger<CheckpointCopies>.Instance);
        await copies.StartAsync(CancellationToken.None);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!until())
            await timer.WaitForNextTickAsync(deadline.Token);
        await copies.StopAsync(CancellationToken.None);
    }

    private static List<long> Sizes(string file) =>
        File.Exists(file) ? [.. SignedCheckpoint.ReadAll(File.ReadAllText(file)).Select(checkpoint => checkpoint?.Checkpoint.Size ?? 0)] : [];
}
