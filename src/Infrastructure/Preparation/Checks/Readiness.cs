using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Looks at everything that could stop a release, all at once. Changes nothing.</summary>
public sealed partial class Readiness(ReadinessSources sources, ILogger<Readiness> logger)
{
    // In the order people read them.
    private static readonly (string Id, Func<ReadinessScene, Task<ReadinessCheck>> Rule)[] Rules =
    [
        ("version-valid", VersionRules.ValidAsync),
        ("version-newer", VersionRules.NewerAsync),
        ("tag-free", VersionRules.TagFreeAsync),
        ("production-free", VersionRules.ProductionFreeAsync),
        ("test-free", VersionRules.TestFreeAsync),
        ("versions", ContentRules.VersionsAsync),
        ("tests-move", ContentRules.TestsMoveAsync),
        ("branches", BranchRules.BranchesAsync),
        ("checks", BranchRules.ChecksAsync),
        ("submodules", ContentRules.SubmodulesAsync),
        ("github-token", CredentialRules.GitHubTokenAsync),
        ("production-credentials", CredentialRules.ProductionAsync),
        ("test-credentials", CredentialRules.TestAsync),
        ("secrets-expiry", CredentialRules.ExpiryAsync),
        ("indexes", IndexRules.ReachableAsync),
        ("tools", WorkerRules.ToolsAsync),
        ("disk", WorkerRules.DiskAsync),
        ("workers", WorkerRules.WorkersAsync),
        ("review-rule", BranchRules.ProtectionAsync),
        ("reviewers", PeopleRules.ReviewersAsync),
        ("other-releases", PeopleRules.OtherReleasesAsync),
    ];

    /// <summary>How many checks there are, for a progress bar.</summary>
    public static int Count => Rules.Length;

    /// <param name="progress">Hears of each check as soon as it is over, in no order.</param>
    public async Task<ReadinessReport> CheckAsync(
        Project project, ReadinessRequest request, IProgress<ReadinessCheck>? progress, CancellationToken cancellationToken)
    {
        var scene = new ReadinessScene(project, request, sources, cancellationToken);
        var checks = await Task.WhenAll(Rules.Select(row => RunAsync(row.Id, row.Rule, scene, progress)));
        return new ReadinessReport(checks, sources.Time.GetUtcNow());
    }

    private async Task<ReadinessCheck> RunAsync(string id, Func<ReadinessScene, Task<ReadinessCheck>> rule, ReadinessScene scene, IProgress<ReadinessCheck>? progress)
    {
        ReadinessCheck check;
        try
        {
            // Off the caller's thread: a page goes on drawing while these look.
            check = await Task.Run(() => rule(scene), scene.Cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A fault in one check must not hide what the others found, and what was not looked at is not ready.
            Log.CheckFailed(logger, id, scene.Project.Name, exception);
            check = new ReadinessCheck(id, $"The check '{id}' itself failed", ReadinessState.Blocking, "The server's log says why.", "Look again, and tell an administrator.");
        }
        progress?.Report(check);
        return check;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Check {Check} of project {Project} failed")]
        public static partial void CheckFailed(ILogger logger, string check, string project, Exception exception);
    }
}
