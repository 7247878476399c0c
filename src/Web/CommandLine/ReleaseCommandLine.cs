using System.CommandLine;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary>Every verb of the program. Without one it serves.</summary>
public static class ReleaseCommandLine
{
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        Root().Parse(arguments).InvokeAsync(cancellationToken: cancellationToken);

    internal static RootCommand Root()
    {
        var root = new RootCommand("ReleaseDashboard: releases as guided, resumable, reviewed and recorded runs.");
        GlobalOptions.AddTo(root);
        ServeVerbs.AddTo(root);
        root.Subcommands.Add(UserVerbs.Create());
        root.Subcommands.Add(GroupVerbs.Create());
        root.Subcommands.Add(AccessVerbs.Create());
        root.Subcommands.Add(TokenVerbs.Create());
        root.Subcommands.Add(ProjectVerbs.Create());
        root.Subcommands.Add(ReleaseVerbs.Create());
        root.Subcommands.Add(ApprovalVerbs.Create());
        root.Subcommands.Add(FreezeVerbs.Create());
        root.Subcommands.Add(HistoryVerbs.Create());
        root.Subcommands.Add(SecretVerbs.Create());
        root.Subcommands.Add(ChannelVerbs.Create());
        root.Subcommands.Add(NotificationVerbs.Create());
        root.Subcommands.Add(WorkVerbs.Create());
        root.Subcommands.Add(AuditVerbs.Create());
        root.Subcommands.Add(PlaybookVerbs.Create());
        root.Subcommands.Add(SandboxVerbs.Create());
        return root;
    }
}
