using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Notifications.Channels;

/// <summary>The reader's own channels, and which projects the reader follows.</summary>
public sealed partial class MyChannelsPage(CurrentActor current, ChannelQueries channels, Follows follows, ProjectQueries projects, NotificationOptions options, Notifier notifier)
{
    private ChannelOwner.Person? _owner;
    private IReadOnlyList<ChannelSummary> _channels = [];
    private IReadOnlyList<Project> _projects = [];
    private IReadOnlyList<Guid> _follows = [];
    private bool _hasMail;

    // Of the link in a confirmation message.
    [SupplyParameterFromQuery] private string? Channel { get; set; }

    [SupplyParameterFromQuery] private string? Code { get; set; }

    private Guid? Linked => Guid.TryParse(Channel, out var id) ? id : null;

    protected override bool Concerns(Change change) => change is Change.Project || (change is Change.Bell bell && bell.UserId == _owner?.Id);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await current.FindAccountAsync(cancellationToken) is not { } account)
            return;
        var actor = await current.GetAsync(cancellationToken);
        var owner = new ChannelOwner.Person(account.Id, account.Name);
        _channels = await channels.ListAsync(owner, cancellationToken);
        _projects = [.. (await projects.ListAsync(cancellationToken)).Select(summary => summary.Project).Where(project => actor.May(Permission.SeeProject, project.Id))];
        _follows = await follows.ListAsync(account.Id, cancellationToken);
        (_owner, _hasMail) = (owner, options.Mail is not null);
    }

    private async Task FollowAsync(Guid project, bool follow)
    {
        if (await current.FindAccountAsync(Gone) is not { } account)
            return;
        var done = await follows.SetAsync(await current.GetAsync(Gone), account.Id, project, follow, Gone);
        if (!done.IsDone)
            notifier.Say(GlyphState.Failed, done.Message);
        await ReloadAsync();
    }
}
