using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>What a person or a group may do in one project, on top of what they may do everywhere.</summary>
public sealed class ProjectRoleRecord
{
    public required Guid ProjectId { get; init; }

    /// <summary>Id of the person or the group.</summary>
    public required Guid SubjectId { get; init; }

    public required bool IsGroup { get; init; }
    public required Roles Roles { get; set; }
}
