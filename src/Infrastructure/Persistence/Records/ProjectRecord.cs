using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

public sealed class ProjectRecord
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required string Repository { get; set; }
    public required bool IsSandbox { get; set; }
    public required ProjectSettings Settings { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    public Project ToProject() => new(Id, Name, Repository, IsSandbox, Settings);
}
