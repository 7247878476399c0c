using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ReleaseDashboard.Bench;

/// <summary>From the click on Start, through the ledger, to the moment the first process starts; against bare Quartz.</summary>
internal static class ClickToProcess
{
    private const string Playbook = "schema: 1\nname: bench\ntitle: Bench\nrevision: 1\nstages:\n  - id: only\n    title: Only\n    steps:\n      - { id: s1, title: S1, kind: bench.true }\n";

    public static async Task<Row> RunAsync(int runs)
    {
        var ours = new Measure(await OursAsync(runs));
        var bare = new Measure(await BareAsync(runs));
        return new Row("click to process start, p50 / p99", $"{Measure.Ms(ours.Median)} / {Measure.Ms(ours.Percentile(0.99))}",
            $"{Measure.Ms(bare.Median)} / {Measure.Ms(bare.Percentile(0.99))} (bare Quartz, in memory)", $"{ours.Median / bare.Median:0.0} times",
            "10 ms / 25 ms", ours.Median <= 10 && ours.Percentile(0.99) <= 25);
    }

    private static async Task<List<double>> OursAsync(int runs)
    {
        var begun = new TaskCompletionSource<long>();
        var step = new TrueStep { Started = at => begun.TrySetResult(at) };
        await using var engine = await BenchEngine.StartAsync(Playbook, step);
        var samples = new List<double>();
        for (var run = -20; run < runs; run++)
        {
            begun = new TaskCompletionSource<long>();
            var click = Stopwatch.GetTimestamp();
            await engine.ClickAsync();
            var at = await begun.Task;
            if (run >= 0)
                samples.Add(Stopwatch.GetElapsedTime(click, at).TotalMilliseconds);
        }
        return samples;
    }

    private static async Task<List<double>> BareAsync(int runs)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.AddJob<MarkJob>(job => job.WithIdentity("mark").StoreDurably());
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Start();
        var samples = new List<double>();
        for (var run = -20; run < runs; run++)
        {
            MarkJob.Begun = new TaskCompletionSource<long>();
            var click = Stopwatch.GetTimestamp();
            await scheduler.TriggerJob(new JobKey("mark"));
            var at = await MarkJob.Begun.Task;
            if (run >= 0)
                samples.Add(Stopwatch.GetElapsedTime(click, at).TotalMilliseconds);
        }
        await scheduler.Shutdown();
        return samples;
    }

    private sealed class MarkJob : IJob
    {
        public static TaskCompletionSource<long> Begun { get; set; } = new();

        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            Begun.TrySetResult(Stopwatch.GetTimestamp());
            return ValueTask.CompletedTask;
        }
    }
}
