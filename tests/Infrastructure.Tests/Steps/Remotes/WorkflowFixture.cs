using ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

/// <summary>A repository with a workflow for tags and dispatches.</summary>
public abstract class WorkflowFixture : RemoteFixture
{
    protected const string Tag = "1.2.0";

    private const string Workflow = """
        name: migrate
        run-name: Migrate ${{ inputs.tag || github.ref_name }}
        on:
          push:
            tags: ["*"]
          workflow_dispatch:
            inputs:
              tag:
                required: true
              commit:
                required: false
        jobs:
          first:
            steps:
              - run: echo first
          second:
            needs: first
            steps:
              - name: Copy
                run: echo second
        """;

    // The step of these contexts was begun long ago.
    internal WorkflowStep Follow => new(Access, TimeProvider.System) { Grace = TimeSpan.FromDays(100_000) };

    internal DispatchStep Dispatch => new(Access);

    /// <summary>Pushes the workflow to <c>main</c>.</summary>
    /// <returns>The commit.</returns>
    protected async Task<string> PushWorkflowAsync()
    {
        await GitAsync("checkout", "--quiet", "main");
        Directory.CreateDirectory(Path.Combine(await GitAsync("rev-parse", "--show-toplevel"), ".github", "workflows"));
        var commit = await CommitAsync(".github/workflows/migrate.yml", Workflow, "Add a workflow");
        await GitAsync("push", "--quiet", "origin", "main");
        return commit;
    }

    protected async Task PushTagAsync(string tag = Tag)
    {
        await GitAsync("tag", "-a", tag, "-m", $"Release {tag}");
        await GitAsync("push", "--quiet", "origin", tag);
    }
}
