using System.Globalization;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>A file that a workflow published, and what is said when it did not do so rightly.</summary>
/// <param name="File">Name of the built file.</param>
/// <param name="Sha256">Its hash, as it was approved.</param>
/// <param name="Run">Address of the run.</param>
internal sealed record WorkflowUpload(string File, string Sha256, string Run)
{
    /// <summary>Null when the worker published.</summary>
    public static WorkflowUpload? Of(StepInputs inputs) => inputs.Text("published_by") is { Length: > 0 } run
        ? new WorkflowUpload(inputs.Text("file") ?? $"{inputs.Text("package")} {inputs.Text("version")}", inputs.Required("sha256"), run)
        : null;

    public StepError Missing(IndexChoice index, TimeSpan waited) => new(
        "not-published",
        $"The workflow passed, but {File} is not on {index.Title}.",
        string.Create(CultureInfo.InvariantCulture, $"It was looked for during {waited.TotalMinutes:0.#} min. The run: {Run}."),
        $"See in its log what it uploaded. Repair the workflow and run it again there: {File} with sha256 {Sha256}, from the draft of the GitHub release, is what belongs on the index. Then retry.");

    /// <summary>Says of other bytes that the workflow brought them, file by file.</summary>
    public Observation.Different Explain(Observation.Different seen, IndexChoice index, PackageVersion found)
    {
        if (found.Files.FirstOrDefault(file => file.FileName == File) is not { } there || there.Sha256 == Sha256)
            return seen with { Error = seen.Error with { Why = $"{seen.Error.Why} The run: {Run}." } };
        return seen with
        {
            Error = new StepError(
                "other-bytes",
                $"The workflow published other bytes of {File} than were approved.",
                $"On {index.Title}: sha256 {there.Sha256 ?? "unknown"}. Approved: sha256 {Sha256}. The run: {Run}.",
                $"Yank {File} on the index, so that nobody installs it: its name is used up for good. Make the workflow upload the files of the GitHub release's draft and build none of its own. "
                    + "Then abort, and release under the next version."),
        };
    }
}
