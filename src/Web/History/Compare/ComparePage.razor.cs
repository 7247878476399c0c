using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Forms;

namespace ReleaseDashboard.Web.History.Compare;

/// <summary>Two releases of a project side by side.</summary>
public sealed partial class ComparePage(ReleaseComparisons comparisons, CurrentActor current, NavigationManager navigation)
{
    private ReleaseComparison? _comparison;
    private IReadOnlyList<FilterChoice> _choices = [];
    private Guid _other;
    private bool _isFirst;

    [Parameter] public Guid Id { get; set; }

    /// <summary>The release to compare with; null for the one before it.</summary>
    [Parameter] public Guid? Other { get; set; }

    protected override bool Concerns(Change change) => change is Change.Release release && (release.Id == Id || release.Id == _other);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var other = Other ?? await comparisons.PreviousAsync(Id, cancellationToken);
        _isFirst = other is null;
        _comparison = other is { } known ? await comparisons.FindAsync(await current.GetAsync(cancellationToken), Id, known, cancellationToken) : null;
        _other = other ?? Guid.Empty;
        _choices = _comparison is null ? [] : [.. (await comparisons.OthersAsync(Id, cancellationToken)).Select(own => new FilterChoice(own.Id.ToString("D"), own.Version))];
    }
}
