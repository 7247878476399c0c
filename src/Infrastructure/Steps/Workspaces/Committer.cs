using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>Who makes commits and tags of a release, and when: always the same, so that making one again gives the same SHA.</summary>
internal static class Committer
{
    public static GitPerson Of(ReleaseFacts facts) =>
        new(facts.Project.Settings.CommitterName, facts.Project.Settings.CommitterEmail, facts.StartedAt.ToUniversalTime());
}
