namespace ReleaseDashboard.Generate;

internal static class BulkColumns
{
    public static readonly string[] Names = ["Sequence", "At", "ActorKind", "ActorName", "Action", "ProjectId", "ReleaseId", "Subject", "Before", "After", "PreviousHash", "Hash"];
}
