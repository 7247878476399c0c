namespace ReleaseDashboard.Web.Components.Commands;

/// <summary>How far a step reaches.</summary>
public enum StepEffect
{
    Reads, WritesLocally, WritesOutside, NeedsPerson, CannotBeUndone,
}
