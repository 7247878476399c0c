namespace ReleaseDashboard.Core.Steps;

/// <summary>The live log of an attempt. Lines are masked and stored in order; writing never blocks on a reader.</summary>
public interface IStepLog
{
    /// <summary>Adds one line, without its line end. May hold ANSI colours.</summary>
    void Write(string line);
}
