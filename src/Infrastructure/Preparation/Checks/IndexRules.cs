using ReleaseDashboard.Infrastructure.Python;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Do the package indexes answer?</summary>
internal static class IndexRules
{
    public static async Task<ReadinessCheck> ReachableAsync(ReadinessScene scene)
    {
        const string id = "indexes";
        if (!PackageName.IsValid(scene.Settings.Package))
            return new ReadinessCheck(id, "The indexes are not asked", Warning, $"'{scene.Settings.Package}' is no package name.", "Correct it in the project's settings.");
        var production = PackageIndexes.Production(scene.Project);
        var dependencies = production with { Name = "the dependency index", SimpleUrl = new Uri(scene.Settings.DependencyIndex) };
        List<(PackageIndex Index, ReadinessState State)> asked = [(production, Blocking)];
        if (dependencies.SimpleUrl != production.SimpleUrl)
            asked.Add((dependencies, Warning));
        if (scene.Settings.UseTestIndex)
            asked.Add((PackageIndexes.Test(scene.Project), Warning));
        var answers = await Task.WhenAll(asked.Select(async row => (row.Index, row.State, Answer: await scene.Sources.Indexes.Client.ProjectAsync(row.Index, scene.Settings.Package, scene.Cancellation))));
        var down = answers.Where(row => !row.Answer.IsOk).ToList();
        return down.Count == 0
            ? new ReadinessCheck(id, "The package indexes answer", Ok, string.Join(", ", answers.Select(row => row.Index.Name)) + ".")
            : new ReadinessCheck(id, $"{string.Join(" and ", down.Select(row => row.Index.Name))} cannot be read", down.Max(row => row.State), down[0].Answer.Error!.Message, "Look again when it answers.");
    }
}
