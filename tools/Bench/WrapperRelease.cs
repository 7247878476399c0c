using System.Globalization;

namespace ReleaseDashboard.Bench;

/// <summary>The demo project's wrapper release, against the same commands in a shell script. Each runs against a fresh sandbox.</summary>
internal static class WrapperRelease
{
    private const double Target = 1.10;

    public static async Task<Row> RunAsync(int runs)
    {
        var (ours, script) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            ours.Add(await OursAsync());
            script.Add(await ScriptAsync());
        }
        var (mine, reference) = (new Measure(ours).Median, new Measure(script).Median);
        return new Row("whole wrapper release, automated steps", Measure.Ms(mine), $"{Measure.Ms(reference)} (shell script)",
            Measure.Times(mine / reference), $"at most {Measure.Times(Target)}", mine / reference <= Target);
    }

    private static async Task<double> OursAsync()
    {
        await using var product = await SandboxedProduct.StartAsync();
        return await new ReleaseByApi(product).RunAsync();
    }

    private static async Task<double> ScriptAsync()
    {
        await using var product = await SandboxedProduct.StartAsync();
        var output = await Tool.RunAsync(Path.Combine(Builds.Root, "tools", "Bench", "wrapper.sh"), [product.Sandbox.GetLeftPart(UriPartial.Authority), product.Scratch]);
        return double.Parse(output.Split('\n')[^1], CultureInfo.InvariantCulture);
    }
}
