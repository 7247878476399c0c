using ReleaseDashboard.Sandbox.GitHub.Actions.Files;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Workflows in GitHub's words.</summary>
internal static class WorkflowAnswer
{
    public static object Of(GitHubUrls urls, SandboxRepository repository, FoundWorkflow workflow)
    {
        var id = WorkflowCatalog.IdOf(repository, workflow.Path);
        var html = urls.Html(repository);
        return new
        {
            id,
            node_id = GitHubUrls.Node("Workflow", id),
            name = workflow.File?.Name ?? workflow.Path,
            path = workflow.Path,
            state = "active",
            created_at = repository.State.CreatedAt,
            updated_at = repository.State.CreatedAt,
            url = $"{urls.Repo(repository)}/actions/workflows/{id}",
            html_url = $"{html}/blob/{repository.State.DefaultBranch}/{workflow.Path}",
            badge_url = $"{html}/workflows/{Uri.EscapeDataString(workflow.File?.Name ?? workflow.Path)}/badge.svg",
        };
    }
}
