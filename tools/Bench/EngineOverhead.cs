using System.Diagnostics;

namespace ReleaseDashboard.Bench;

/// <summary>A playbook of 50 steps that start <c>true</c>, against starting the same 50 processes one after another.</summary>
internal static class EngineOverhead
{
    private const int Steps = 50;

    /// <summary>A server runs for weeks: what counts is the program after its first 3,000 steps, when the runtime has compiled what is hot.</summary>
    private const int WarmUp = 60;

    public static async Task<IReadOnlyList<Row>> RunAsync(int runs)
    {
        var playbook = "schema: 1\nname: bench\ntitle: Bench\nrevision: 1\nstages:\n  - id: only\n    title: Only\n    steps:\n"
            + string.Concat(Enumerable.Range(1, Steps).Select(number => $"      - {{ id: s{number}, title: S{number}, kind: bench.true }}\n"));
        var acts = 0;
        await using var engine = await BenchEngine.StartAsync(playbook, new TrueStep { Started = _ => acts++ });
        var ours = new List<double>();
        var bare = new List<double>();
        var processor = new List<double>();
        for (var run = -WarmUp; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            acts = 0;
            var cpu = Environment.CpuUsage.TotalTime;
            await engine.RunAsync(() => acts == Steps);
            var middle = Stopwatch.GetTimestamp();
            var used = Environment.CpuUsage.TotalTime - cpu;
            for (var step = 0; step < Steps; step++)
                await TrueStep.RunAsync(CancellationToken.None);
            var end = Stopwatch.GetTimestamp();
            if (run < 0)
                continue;
            processor.Add(used.TotalMilliseconds / Steps);
            ours.Add(Stopwatch.GetElapsedTime(start, middle).TotalMilliseconds / Steps);
            bare.Add(Stopwatch.GetElapsedTime(middle, end).TotalMilliseconds / Steps);
        }
        var (mine, reference) = (new Measure(ours).Median, new Measure(bare).Median);
        return
        [
            new Row("engine, one step that starts a process", Measure.Ms(mine), $"{Measure.Ms(reference)} (bare process)",
                $"+{Measure.Ms(mine - reference)}", "at most +3 ms", mine - reference <= 3),
            // Says more than the time on a machine that does other things as well.
            Row.Note("processor time of the engine, one step", Measure.Ms(new Measure(processor).Median)),
        ];
    }
}
