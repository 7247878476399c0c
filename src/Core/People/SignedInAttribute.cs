namespace ReleaseDashboard.Core.People;

/// <summary>
/// For everybody who is signed in. What is shown or done there concerns the person alone, or is a list that leaves out what
/// the person may not see.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;
