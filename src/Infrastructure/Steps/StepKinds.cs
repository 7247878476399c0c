using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps;

/// <summary>Every kind of step: one line each.</summary>
public static class StepKinds
{
    public static IServiceCollection AddStepKinds(this IServiceCollection services)
    {
        services.AddSingleton<IStep, Preflight.PreflightStep>();
        services.AddSingleton<IStep, People.ChecklistStep>();
        services.AddSingleton<IStep, People.ApprovalStep>();
        services.AddWorkspaces();
        services.AddSingleton<IStep, Git.GitUpdateStep>();
        services.AddSingleton<IStep, Git.GitSubmodulesStep>();
        services.AddSingleton<IStep, Git.GitCommitStep>();
        services.AddSingleton<IStep, Git.GitPushStep>();
        services.AddSingleton<IStep, Git.GitTagStep>();
        services.AddSingleton<IStep, Git.GitFastForwardStep>();
        services.AddSingleton<IStep, Versions.VersionSetStep>();
        services.AddSingleton<IStep, Versions.VersionPlacesStep>();
        services.AddSingleton<IStep, Versions.VersionLintStep>();
        services.AddSingleton<IStep, Versions.VersionMoveTestsStep>();
        services.AddSingleton<IStep, Versions.VersionNextStep>();
        services.AddSingleton<IStep, Python.PythonTestStep>();
        services.AddSingleton<IStep, Python.PythonBuildStep>();
        services.AddRemotes();
        services.AddSingleton<IStep, GitHub.PullRequestStep>();
        services.AddSingleton<IStep, GitHub.ChecksStep>();
        services.AddSingleton<IStep, GitHub.ReviewStep>();
        services.AddSingleton<IStep, GitHub.MergeStep>();
        services.AddSingleton<IStep, GitHub.Workflows.DispatchStep>();
        services.AddSingleton<IStep, GitHub.Workflows.WorkflowStep>();
        services.AddSingleton<IStep, GitHub.ReleaseStep>();
        services.AddSingleton<IStep, PyPI.PyPIUploadStep>();
        services.AddSingleton<IStep, PyPI.PyPIInstallStep>();
        services.AddSingleton<IStep, PyPI.PyPIVerifyStep>();
        services.AddImages();
        return services;
    }

    private static void AddImages(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new RegistryClients(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Containers.ImageBuilders>();
        services.AddSingleton<IStep, Containers.ImagesBuildStep>();
        services.AddSingleton<IStep, Containers.ImagesPushStep>();
        services.AddSingleton<IStep, Containers.ImagesSmokeStep>();
        services.AddSingleton<IStep, Containers.ImagesInventoryStep>();
        services.AddSingleton<IStep, Containers.ImagesTagsStep>();
        services.AddSingleton<IStep, Containers.ImagesPromoteStep>();
        services.AddSingleton<IStep, Containers.ImagesParityStep>();
        services.AddSingleton<IStep, Containers.ImagesCleanStep>();
    }

    private static void AddRemotes(this IServiceCollection services)
    {
        services.AddSingleton<GitHubClients>();
        services.AddSingleton<GitHub.GitHubAccess>();
        services.AddSingleton<Infrastructure.Python.PackageIndexes>();
        // Tests register a file of their own.
        services.TryAddSingleton(PyPI.UploadOptions.OfServiceUser);
    }

    private static void AddWorkspaces(this IServiceCollection services)
    {
        // Tests register options of their own, which allow repositories on this machine.
        services.TryAddSingleton(new GitOptions());
        services.AddSingleton<Workspaces.ReleaseWorkspaces>();
        services.AddSingleton<Workspaces.StepProcess>();
    }
}
