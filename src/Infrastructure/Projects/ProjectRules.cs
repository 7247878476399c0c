using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>What creating and changing a project have in common.</summary>
/// <param name="AllowFile">Whether repositories may be folders of this machine: only where the sandbox is.</param>
public sealed record ProjectRules(bool AllowFile)
{
    internal ActionResult? Refuse(string name, string repository, bool isSandbox, ProjectSettings settings)
    {
        if (isSandbox && !AllowFile)
            return ActionResult.Refused(Refusal.Invalid, "isSandbox: there is no sandbox here. Add --sandbox to this command, or start the server with it.");
        var faults = ProjectSettingsCheck.Faults(name, repository, settings, AllowFile && isSandbox);
        return faults.Count == 0 ? null : ActionResult.Refused(Refusal.Invalid, string.Join('\n', faults));
    }
}
