namespace ReleaseDashboard.Infrastructure.Tests.Running;

/// <summary>Playbooks of the engine's tests.</summary>
internal static class EnginePlaybooks
{
    public const string ThreeSteps = """
        schema: 1
        name: test
        title: Test
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - id: one
                title: One
                kind: test.scripted
              - id: two
                title: Two
                kind: test.scripted
                optional: true
              - id: three
                title: Three
                kind: test.scripted
        """;

    /// <summary>The second step is not part of a release whose title is final.</summary>
    public static string MiddleLeftOut { get; } = ThreeSteps.Replace("optional: true", "when: not release.is_final", StringComparison.Ordinal);

    public static string Parallel(int count) => """
        schema: 1
        name: test
        title: Test
        revision: 1
        stages:
          - id: only
            title: Only
            steps:

        """ + string.Concat(Enumerable.Range(1, count).Select(number => $"      - {{ id: s{number}, title: S{number}, kind: test.scripted, needs: [] }}\n"));
}
