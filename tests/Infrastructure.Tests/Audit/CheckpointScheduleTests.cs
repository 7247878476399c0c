using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>Checkpoints that nobody asks for: when they are made, where they go, and what they never wait for.</summary>
public sealed class CheckpointScheduleTests
{
    private const string Secret = "correct horse";

    [Theory, DatabaseData]
    public async Task Schedule_NewEntries_AreSignedByItselfAndBroughtToFileAndWebhook(DatabaseKind kind)
    {
        await using var world = await AuditWorld.EmptyAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        var file = Path.Combine(world.Database.DataFolder, "kept", "checkpoints.txt");
        var options = world.Options with { Every = TimeSpan.FromSeconds(1), File = file, WebhookUrl = receiver.Address, WebhookSecret = Secret };
        await world.FillAsync(5);
        await using var running = await Running.StartAsync(world, options);

        await running.UntilAsync(() => receiver.All.Count == 1 && Sizes(file).Count == 1);
        await world.FillAsync(3);
        await running.UntilAsync(() => receiver.All.Count == 2 && Sizes(file).Count == 2);

        // It was due several times meanwhile; where nothing had happened there was nothing to sign.
        Sizes(file).ShouldBe([5, 8]);
        foreach (var post in receiver.All)
        {
            post.Headers["X-Hub-Signature-256"].ShouldBe("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), post.Body)));
            post.Headers["X-Event"].ShouldBe("audit.checkpoint");
        }
        var texts = receiver.All.Select(post => JsonDocument.Parse(post.Text).RootElement.GetProperty("text").GetString()!);
        string.Join('\n', texts).ShouldBe(await File.ReadAllTextAsync(file));
        (await world.VerifyAsync(await File.ReadAllTextAsync(file))).Intact.ShouldBeTrue();
    }

    [Theory, DatabaseData]
    public async Task Schedule_ReleasePublished_IsSignedWithoutWaitingForTheHour(DatabaseKind kind)
    {
        await using var world = await AuditWorld.EmptyAsync(kind);
        await world.FillAsync(1000);
        await using var running = await Running.StartAsync(world, world.Options with { Every = TimeSpan.FromHours(1) });
        await running.UntilSignedAsync(1000);

        // A step that moves is no reason, a release that is out is one. That it looked shows in the times of the first 1,024 entries.
        await world.FillAsync(100);
        running.Changes.Publish(new Change.Release(AuditWorld.Release));
        await running.UntilAsync(running.HasSpansAsync);
        await world.FillAsync(1, "release.publish");
        running.Changes.Publish(new Change.Release(AuditWorld.Release));
        await running.UntilSignedAsync(1101);

        (await running.SizesAsync()).ShouldBe([1000, 1101]);
    }

    [Theory, DatabaseData]
    public async Task Schedule_ReceiverThatFailsOrHangs_BlocksNothing(DatabaseKind kind)
    {
        await using var world = await AuditWorld.EmptyAsync(kind);
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var healed = false;
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = async (http, number) =>
        {
            // The first call gets an error, the next one no answer until the test is done with everything else.
            if (number > 1 && !healed)
                await hold.Task.WaitAsync(http.RequestAborted);
            http.Response.StatusCode = (int)(healed ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        };
        var file = Path.Combine(world.Database.DataFolder, "checkpoints.txt");
        var options = world.Options with { Every = TimeSpan.FromSeconds(1), File = file, WebhookUrl = receiver.Address, WebhookSecret = Secret };
        await world.FillAsync(5);
        await using var running = await Running.StartAsync(world, options);
        await running.UntilAsync(() => receiver.All.Count >= 2);

        // While the receiver holds on: the trail is written, signed and copied to the file.
        var begun = Stopwatch.GetTimestamp();
        await world.FillAsync(1);
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await running.UntilSignedAsync(6);
        await running.UntilAsync(() => Sizes(file).Count == 2);
        Sizes(file).ShouldBe([5, 6]);

        healed = true;
        hold.SetResult();
        await running.UntilAsync(() => Taken(receiver).Contains(6));
        // In order, and the first one too.
        Taken(receiver).ToList().ShouldBe(Taken(receiver).Order().ToList());
        Taken(receiver).ShouldContain(5);
    }

    private static List<long> Sizes(string file) =>
        File.Exists(file) ? [.. SignedCheckpoint.ReadAll(File.ReadAllText(file)).Select(checkpoint => checkpoint?.Checkpoint.Size ?? 0)] : [];

    private static IEnumerable<long> Taken(HttpReceiver receiver) => receiver.All.Select(post => JsonDocument.Parse(post.Text).RootElement.GetProperty("size").GetInt64());

    /// <summary>What a worker runs beside its releases.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly AuditWorld world;
        private readonly CheckpointCopies copies;
        private readonly CheckpointSchedule schedule;
        private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(60));

        private Running(AuditWorld of, AuditOptions options)
        {
            world = of;
            copies = new CheckpointCopies(of.Database.Ledger, options, new StartedHost(), TimeProvider.System, NullLogger<CheckpointCopies>.Instance);
            schedule = new CheckpointSchedule(
                of.Database.Ledger, of.Maker, of.Keys, copies, Changes, options, new StartedHost(), TimeProvider.System, NullLogger<CheckpointSchedule>.Instance);
        }

        public ChangeFeed Changes { get; } = new();

        public static async Task<Running> StartAsync(AuditWorld world, AuditOptions options)
        {
            var running = new Running(world, options);
            await running.copies.StartAsync(CancellationToken.None);
            await running.schedule.StartAsync(CancellationToken.None);
            return running;
        }

        public Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

        public async Task UntilAsync(Func<Task<bool>> condition)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (!await condition())
                await timer.WaitForNextTickAsync(deadline.Token);
        }

        public Task UntilSignedAsync(long size) => UntilAsync(async () => (await SizesAsync()).Contains(size));

        public async Task<List<long>> SizesAsync()
        {
            await using var db = world.Database.Ledger.Read();
            return await db.AuditCheckpoints.OrderBy(checkpoint => checkpoint.Size).Select(checkpoint => checkpoint.Size).ToListAsync();
        }

        public async Task<bool> HasSpansAsync()
        {
            await using var db = world.Database.Ledger.Read();
            return await db.AuditSpans.AnyAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await schedule.StopAsync(CancellationToken.None);
            await copies.StopAsync(CancellationToken.None);
            schedule.Dispose();
            copies.Dispose();
            deadline.Dispose();
        }
    }
}
