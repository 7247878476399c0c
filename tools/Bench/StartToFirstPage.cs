namespace ReleaseDashboard.Bench;

/// <summary>From the start of the process to the first page, with a data folder that is there; against a blank Blazor application.</summary>
internal static class StartToFirstPage
{
    private const double Target = 1.5;

    public static async Task<Row> RunAsync(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("bench-start-");
        try
        {
            await PrepareAsync(folder.FullName);
            var (ours, blank) = (new List<double>(), new List<double>());
            for (var run = -1; run < runs; run++)
            {
                var (mine, reference) = (await OursAsync(folder.FullName), await BlankAsync(folder.FullName));
                // The first run brings both into the page cache.
                if (run < 0)
                    continue;
                ours.Add(mine);
                blank.Add(reference);
            }
            var (measured, bare) = (new Measure(ours).Median, new Measure(blank).Median);
            return new Row("start to first page", Measure.Ms(measured), $"{Measure.Ms(bare)} (blank Blazor application)",
                Measure.Times(measured / bare), $"at most {Measure.Times(Target)}", measured / bare <= Target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An installation in use has an account; without one the first page is another.</summary>
    private static async Task PrepareAsync(string folder)
    {
        await Tool.RunAsync("dotnet", [Builds.Web, "user", "add", "bench", "--roles", "administrator", "--data", Data(folder)], Guid.CreateVersion7().ToString("N"));
        await OursAsync(folder);
    }

    private static async Task<double> OursAsync(string folder)
    {
        var address = Loopback.Free();
        await using var program = await ServedProgram.StartAsync(
            [Builds.Web, "serve", "--data", Data(folder), "--urls", address.GetLeftPart(UriPartial.Authority)], folder, new Uri(address, "/sign-in"), "</html>");
        return program.Taken.TotalMilliseconds;
    }

    private static async Task<double> BlankAsync(string folder)
    {
        var address = Loopback.Free();
        await using var program = await ServedProgram.StartAsync(
            [Builds.BlankBlazor, "--urls", address.GetLeftPart(UriPartial.Authority)], folder, address, "</html>");
        return program.Taken.TotalMilliseconds;
    }

    private static string Data(string folder) => Path.Combine(folder, "data");
}
