namespace ReleaseDashboard.Core.Playbooks;

/// <summary>What a step touches. The plan shows it before anything runs.</summary>
public enum StepEffect
{
    /// <summary>Looks, changes nothing.</summary>
    Reads,

    /// <summary>Changes files of the worker only.</summary>
    Local,

    /// <summary>Changes something that others see: a branch, a pull request, an index.</summary>
    Outside,

    /// <summary>Waits for a person's decision.</summary>
    Person,
}
