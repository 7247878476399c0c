using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>Adds a project. Nothing outside is touched.</summary>
public sealed class CreateProject(LedgerStore ledger, ProjectRules rules, TimeProvider time)
{
    [Needs(Permission.AddProject)]
    public Task<Result<Project, ActionResult>> RunAsync(
        Actor actor, string name, string repository, bool isSandbox, ProjectSettings settings, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<Project, ActionResult>>(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.AddProject) is { } refused)
                    return write.Refuse(refused);
                if (rules.Refuse(name, repository, isSandbox, settings) is { } invalid)
                    return write.Refuse(invalid);
                if (await write.Db.Projects.AnyAsync(other => other.Name == name, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"There is a project {name} already."));
                var project = new ProjectRecord
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    Name = name,
                    Repository = repository,
                    IsSandbox = isSandbox,
                    Settings = settings,
                    CreatedAt = write.Now,
                    CreatedBy = actor.Name,
                };
                write.Db.Projects.Add(project);
                write.Audit(actor, "project.create", project.Id, null, name, after: new { repository, isSandbox, settings });
                write.Notify(new Change.Project(project.Id));
                return project.ToProject();
            },
            cancellationToken);
}
