using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Notifications.Channels;

/// <summary>A project's channels.</summary>
public sealed partial class ProjectChannelsPage(CurrentActor current, ProjectQueries projects, ChannelQueries channels, NotificationOptions options)
{
    private ChannelOwner.Project? _owner;
    private IReadOnlyList<ChannelSummary> _channels = [];
    private bool _mayEdit;
    private bool _hasMail;

    // Of the link in a confirmation message.
    [SupplyParameterFromQuery] private string? Channel { get; set; }

    [SupplyParameterFromQuery] private string? Code { get; set; }

    private Guid? Linked => Guid.TryParse(Channel, out var id) ? id : null;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    protected override bool Concerns(Change change) => change is Change.Project project && project.Id == _owner?.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (await projects.FindAsync(Name, cancellationToken) is not { } project || !actor.May(Permission.SeeProject, project.Id))
        {
            _owner = null;
            return;
        }

        var owner = new ChannelOwner.Project(project.Id, project.Name);
        _channels = await channels.ListAsync(owner, cancellationToken);
        (_owner, _mayEdit, _hasMail) = (owner, actor.May(Permission.ManageProjectChannels, project.Id), options.Mail is not null);
    }
}
