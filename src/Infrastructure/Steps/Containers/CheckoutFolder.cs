using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>A folder of a checkout, reached by a path from the project's settings.</summary>
internal static class CheckoutFolder
{
    /// <param name="path">Relative; <c>.</c> is the checkout itself. Links are not followed.</param>
    public static Result<string, StepError> Locate(string root, string path)
    {
        var plain = path.TrimEnd('/') is { Length: > 0 } text ? text : ".";
        var full = plain == "." ? root : WorkspaceFile.Locate(root, plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain);
        if (full is null)
            return Error("bad-path", $"{path} leads out of the repository.", "Paths are relative to the repository and follow no links.", "Correct the path in the project's settings.");
        return Directory.Exists(full)
            ? full
            : Error("no-folder", $"{path} does not exist.", "The project's settings name a folder that this commit does not have.", "Correct the path in the project's settings, or add the folder.");
    }

    private static StepError Error(string code, string what, string why, string whatToDo) => new(code, what, why, whatToDo);
}
