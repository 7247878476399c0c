using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>Changes a project's settings. Releases under way keep the settings they began with.</summary>
public sealed class UpdateProject(LedgerStore ledger, ProjectRules rules)
{
    [Needs(Permission.ManageProject)]
    public Task<Result<Project, ActionResult>> RunAsync(Actor actor, Guid id, string repository, ProjectSettings settings, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<Project, ActionResult>>(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManageProject, id) is { } refused)
                    return write.Refuse(refused);
                if (await write.Db.Projects.FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken) is not { } project)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such project."));
                if (rules.Refuse(project.Name, repository, project.IsSandbox, settings) is { } invalid)
                    return write.Refuse(invalid);
                write.Audit(actor, "project.update", project.Id, null, project.Name,
                    new { project.Repository, project.Settings }, new { repository, settings });
                (project.Repository, project.Settings) = (repository, settings);
                write.Notify(new Change.Project(project.Id));
                return project.ToProject();
            },
            cancellationToken);
}
