using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Looks at everything that could stop a release, all at once. Changes nothing.</summary>
public sealed partial class Readiness(ReadinessSources sources, ILogger<Readiness> logger)
{
    // In the order people read them.
    private static readonly Rule[] Rules =
    [
        new("version-valid", VersionRules.ValidAsync),
        new("version-newer", VersionRules.NewerAsync),
        new("tag-free", VersionRules.TagFreeAsync),
        new("production-free", VersionRules.ProductionFreeAsync, Subject.Package),
        new("test-free", VersionRules.TestFreeAsync, Subject.Package),
        new("image-tags-free", RegistryRules.TagsFreeAsync, Subject.Images),
        new("versions", ContentRules.VersionsAsync, Subject.Package),
        new("tests-move", ContentRules.TestsMoveAsync, Subject.Package),
        new("branches", BranchRules.BranchesAsync),
        new("checks", BranchRules.ChecksAsync),
        new("submodules", ContentRules.SubmodulesAsync),
        new("github-token", CredentialRules.GitHubTokenAsync),
        new("production-credentials", CredentialRules.ProductionAsync, Subject.Package),
        new("test-credentials", CredentialRules.TestAsync, Subject.Package),
        new("secrets-expiry", CredentialRules.ExpiryAsync),
        new("indexes", IndexRules.ReachableAsync, Subject.Package),
        new("publish-workflow", WorkflowRules.PackageAsync, Subject.Package),
        new("release-workflow", WorkflowRules.ImagesAsync, Subject.Images),
        new("preproduction-registry", RegistryRules.PreproductionAsync, Subject.Images),
        new("production-registry", RegistryRules.ProductionAsync, Subject.Images),
        new("tools", WorkerRules.ToolsAsync, Subject.Package),
        new("engine", WorkerRules.EngineAsync, Subject.Builds),
        new("disk", WorkerRules.DiskAsync),
        new("workers", WorkerRules.WorkersAsync),
        new("review-rule", BranchRules.ProtectionAsync),
        new("reviewers", ApproverRules.ReviewersAsync),
        new("other-releases", PeopleRules.OtherReleasesAsync),
        new("freeze", FreezeRules.InForceAsync),
    ];

    private enum Subject
    {
        Any,
        Package,
        Images,
        Builds,
    }

    private sealed record Rule(string Id, Func<ReadinessScene, Task<ReadinessCheck>> Look, Subject Subject = Subject.Any);

    /// <summary>How many checks a project's release has, for a progress bar.</summary>
    public static int CountOf(Project project, ReadinessScope? scope = null) => RulesOf(project, scope ?? ReadinessScope.PackageOnly).Count();

    private static IEnumerable<Rule> RulesOf(Project project, ReadinessScope scope) => Rules.Where(rule => rule.Subject switch
    {
        Subject.Package => scope.Package,
        Subject.Images => scope.Images && project.Settings.Images is not null,
        Subject.Builds => scope.Builds && project.Settings.Images is not null,
        _ => true,
    });

    /// <param name="progress">Hears of each check as soon as it is over, in no order.</param>
    public async Task<ReadinessReport> CheckAsync(
        Project project, ReadinessRequest request, IProgress<ReadinessCheck>? progress, CancellationToken cancellationToken)
    {
        var scene = new ReadinessScene(project, request, sources, cancellationToken);
        var checks = await Task.WhenAll(RulesOf(project, request.Scope ?? ReadinessScope.PackageOnly).Select(rule => RunAsync(rule.Id, rule.Look, scene, progress)));
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
