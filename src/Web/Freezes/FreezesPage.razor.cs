using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Freezes;

/// <summary>All freezes, with why and by whom, and the way to make and lift one.</summary>
public sealed partial class FreezesPage(FreezeQueries freezes, CreateFreeze create, LiftFreeze lift, ProjectQueries projects, CurrentActor current)
{
    private IReadOnlyList<FreezeView> _freezes = [];
    private IReadOnlyList<(Guid Id, string Name)> _projects = [];
    private Actor _viewer = Actor.Person("nobody", Roles.None);
    private bool _mayFreezeAll;
    private string? _refused;

    protected override bool Concerns(Change change) => change is Change.Audit or Change.Project;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var viewer = await current.GetAsync(cancellationToken);
        var all = await projects.ListAsync(viewer, cancellationToken);
        _freezes = [.. (await freezes.ListAsync(null, cancellationToken)).Where(freeze => freeze.ProjectId is null || viewer.May(Permission.SeeProject, freeze.ProjectId))];
        _projects = [.. all.Where(each => viewer.May(Permission.Freeze, each.Project.Id)).Select(each => (each.Project.Id, each.Project.Name))];
        (_viewer, _mayFreezeAll) = (viewer, viewer.May(Permission.FreezeAll));
    }

    private bool MayLift(FreezeView freeze) => freeze.ProjectId is { } id ? _viewer.May(Permission.Freeze, id) && (!freeze.NeedsAdministrator || (_viewer.RolesIn(id) & Roles.Administrator) != 0) : _mayFreezeAll;

    private async Task<string?> CreateAsync(NewFreeze asked)
    {
        var (_, result) = await create.RunAsync(await current.GetAsync(Gone), asked, CancellationToken.None);
        await ReloadAsync();
        return result.IsDone ? null : result.Message;
    }

    private async Task LiftAsync((Guid Id, string Reason) asked)
    {
        var result = await lift.RunAsync(await current.GetAsync(Gone), asked.Id, asked.Reason, CancellationToken.None);
        _refused = result.IsDone ? null : result.Message;
        await ReloadAsync();
    }
}
