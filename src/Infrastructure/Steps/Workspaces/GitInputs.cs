using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>Reads inputs that a person may have corrected by hand.</summary>
internal static class GitInputs
{
    public static Result<CommitSha, StepError> Commit(StepInputs inputs, string name) =>
        CommitSha.TryParse(inputs.Required(name), out var sha) ? sha : Wrong(name, $"'{inputs.Required(name)}' is not a full commit SHA.");

    public static Result<BranchName, StepError> Branch(StepInputs inputs, string name) =>
        BranchName.TryParse(inputs.Required(name), out var branch, out var fault) ? branch : Wrong(name, fault);

    public static Result<TagName, StepError> Tag(StepInputs inputs, string name) =>
        TagName.TryParse(inputs.Required(name), out var tag, out var fault) ? tag : Wrong(name, fault);

    public static Result<PythonVersion, StepError> Version(StepInputs inputs, string name) =>
        PythonVersion.TryParse(inputs.Required(name), out var version, out var reason)
            ? version
            : Wrong(name, $"'{inputs.Required(name)}' is not a version: {reason}.");

    private static StepError Wrong(string name, string why) =>
        new("bad-input", $"The input '{name}' cannot be used.", why, "Correct the input and resume.");
}
