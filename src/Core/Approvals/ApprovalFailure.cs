namespace ReleaseDashboard.Core.Approvals;

/// <summary>Codes of the errors with which an approval step stops because of people, not because something broke.</summary>
public static class ApprovalFailure
{
    /// <summary>Somebody said no.</summary>
    public const string Rejected = "rejected";

    /// <summary>The time limit passed.</summary>
    public const string Lapsed = "approval-lapsed";
}
