using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>
/// Does in a fresh clone again what the done steps of a release did in the lost one: pins, versions, commits. It reads
/// their evidence, not the remotes, which may have moved on; each result must be the recorded one, or nothing is rebuilt.
/// </summary>
internal sealed class WorkspaceRebuild
{
    /// <summary>Evidence of a commit that is needed to make it again.</summary>
    public const string Message = "message";

    private readonly StepContext context;
    private readonly CommitSha start;

    private WorkspaceRebuild(StepContext context, CommitSha start) => (this.context, this.start) = (context, start);

    /// <summary>Null when the ledger does not know where the workspace began: there is nothing to build on.</summary>
    public static WorkspaceRebuild? Of(StepContext context) =>
        CommitSha.TryParse(context.Find("dev_after") ?? "", out var start) ? new WorkspaceRebuild(context, start) : null;

    public static StepError Impossible(string why, IReadOnlyList<string>? lines = null) => new(
        "workspace-missing",
        "The workspace of this release is not on this worker, and it cannot be made again.",
        $"Its folder was removed, or another worker holds it. {why}",
        "Bring the folder back or start the worker that has it, then retry. Otherwise abort and start again: what earlier steps changed there was not pushed.",
        lines ?? []);

    /// <returns>Null when the clone is as the lost one was.</returns>
    public async Task<StepError?> RunAsync(GitRepository clone, CancellationToken cancellationToken)
    {
        context.Log.Write("The workspace of this release is gone. It is made again from what its done steps recorded.");
        var branch = BranchName.Parse(context.Facts.Project.Settings.DevBranch);
        var moved = await clone.CheckoutNewAsync(branch, start, move: true, cancellationToken);
        if (!moved.IsOk)
            return Failed($"The commit {start.Abbreviated} that it began with is not on the remote any more.", moved.Error, cancellationToken);
        foreach (var evidence in context.Outputs.Values)
        {
            var error = evidence["pins"] is { } pins ? await PinAsync(clone, pins, cancellationToken)
                : evidence["diff"] is { Length: > 0 } diff && evidence["file"] is { } file ? Edit(clone, evidence, file, diff)
                : evidence["changed"] is not null && evidence["parent"] is not null ? await CommitAsync(clone, evidence, cancellationToken)
                : null;
            if (error is not null)
                return error;
        }
        context.Log.Write("The workspace is as it was.");
        return null;
    }

    // "path=commit, path=commit"
    private static async Task<StepError?> PinAsync(GitRepository clone, string pins, CancellationToken cancellationToken)
    {
        var submodules = await clone.SubmodulesAsync(Revision.Head, cancellationToken);
        if (!submodules.IsOk)
            return Failed("Its submodules cannot be read.", submodules.Error, cancellationToken);
        foreach (var pin in pins.Split(", ").Select(text => text.Split('=', 2)).Where(pin => pin.Length == 2))
        {
            if (submodules.Value.FirstOrDefault(submodule => submodule.Path == pin[0]) is not { } there || !CommitSha.TryParse(pin[1], out var target))
                return Impossible($"There is no submodule {pin[0]} to pin.");
            var updated = await clone.UpdateSubmoduleAsync(there, cancellationToken);
            var moved = updated.IsOk ? await clone.MoveSubmoduleAsync(there, target, cancellationToken) : updated;
            if (!moved.IsOk)
                return Failed($"The submodule {pin[0]} cannot be brought to {target.Abbreviated}.", moved.Error, cancellationToken);
        }
        return null;
    }

    private static StepError? Edit(GitRepository clone, Evidence evidence, string place, string diff)
    {
        var colon = place.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(place[(colon + 1)..], CultureInfo.InvariantCulture, out var number) || evidence["before"] is not { } before || evidence["after"] is not { } after)
            return Impossible($"The change of {place} was not recorded.");
        var path = place[..colon];
        var text = WorkspaceFile.Read(clone.Path, path);
        if (!text.IsOk)
            return Impossible(text.Error.What);
        var lines = text.Value.Split('\n');
        if (number < 1 || number > lines.Length)
            return Impossible($"{path} has no line {number}.");
        lines[number - 1] = lines[number - 1].Replace(before, after, StringComparison.Ordinal);
        var changed = string.Join('\n', lines);
        if (UnifiedDiff.Of(path, text.Value, changed) != diff)
            return Impossible($"The change of {place} came out different from the one that was recorded.");
        WorkspaceFile.Write(clone.Path, path, changed);
        return null;
    }

    private async Task<StepError?> CommitAsync(GitRepository clone, Evidence evidence, CancellationToken cancellationToken)
    {
        var head = await clone.ResolveAsync(Revision.Head, cancellationToken);
        if (!head.IsOk)
            return Failed("Its head cannot be read.", head.Error, cancellationToken);
        if (head.Value.Value == evidence["commit"])
            return null;
        if (evidence[Message] is not { } message)
            return Impossible($"The message of commit {evidence["commit"]} was not recorded.");
        // Dates and people of commits are fixed (decision 5), so the same content has the same SHA.
        var made = await clone.CommitAsync(message + "\n", Committer.Of(context.Facts), [], cancellationToken);
        if (!made.IsOk)
            return Failed($"Commit {evidence["commit"]} cannot be made again.", made.Error, cancellationToken);
        return made.Value.Value == evidence["commit"]
            ? null
            : Impossible($"Commit {evidence["commit"]} came out as {made.Value}, so something in it is not what it was.");
    }

    private static StepError Failed(string why, GitError error, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Impossible($"{why} {error.Message}", error.LastLines);
    }
}
