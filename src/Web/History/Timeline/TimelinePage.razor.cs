using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.History.Timeline;

/// <summary>Where the time of one release went. Grows while the release is under way.</summary>
public sealed partial class TimelinePage(ReleaseTimelines timelines, CurrentActor current, TimeProvider time)
{
    // What runs grows by itself: nothing in the ledger changes meanwhile.
    private static readonly TimeSpan Growth = TimeSpan.FromSeconds(2);

    private ReleaseTimeline? _timeline;
    private ITimer? _timer;

    [Parameter] public Guid Id { get; set; }

    protected override bool Concerns(Change change) => change is Change.Release release && release.Id == Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        _timeline = await timelines.FindAsync(await current.GetAsync(cancellationToken), Id, cancellationToken);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _timer = time.CreateTimer(_ => _ = InvokeAsync(GrowAsync), null, Growth, Growth);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task GrowAsync()
    {
        if (Gone.IsCancellationRequested || _timeline is null or { FinishedAt: not null })
            return;
        await ReloadAsync();
        StateHasChanged();
    }
}
