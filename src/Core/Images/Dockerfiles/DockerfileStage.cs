namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>One stage: a <c>FROM</c> and what follows.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Name">In lower case, as builders compare it; null when it has none.</param>
/// <param name="Line">Of its <c>FROM</c>.</param>
/// <param name="Platform">Its <c>--platform</c>, arguments replaced; null when there is none.</param>
/// <param name="Relations">In the order of the lines; the first is its <c>FROM</c>.</param>
public sealed record DockerfileStage(int Index, string? Name, int Line, string? Platform, IReadOnlyList<StageRelation> Relations)
{
    public string Title => Name ?? $"stage {Index}";

    /// <summary>Stages of the same file that this one is made with.</summary>
    public IEnumerable<int> Needs => Relations.Select(relation => relation.Source).OfType<StageSource.Stage>().Select(stage => stage.Index).Distinct();
}
