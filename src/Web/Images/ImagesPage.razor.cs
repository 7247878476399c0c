using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Parity;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Images;
using ReleaseDashboard.Infrastructure.Preparation;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Images;

/// <summary>
/// The images of a project: how they are built, for which platforms they are there, whether both registries hold the same, how large they
/// are, what is in them and where each tag points. What the ledger knows is there at once; the rest comes when remotes answer.
/// </summary>
public sealed partial class ImagesPage(
    ProjectQueries projects, ImageBuildReader builds, ImageLooks looks, TimeProvider time, NavigationManager navigation, ILogger<ImagesPage> logger)
{
    private Project? _project;
    private Part<ImageBuild>? _build;
    private BothLooks? _look;
    private string? _lookFault;
    private ParityMatrix? _parity;
    private DateTimeOffset? _readAt;
    private (string Name, string? Version) _read = ("", null);
    private int _generation;
    private bool _busy;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter] public string? Tab { get; set; }

    [SupplyParameterFromQuery] private string? Version { get; set; }

    private string Current => ImageTabs.Of(Tab);

    private string? Shown => Version ?? (_build?.Value is { Versions: [var last, ..] } ? last : null);

    protected override bool Concerns(Change change) => change is Change.Project project && project.Id == _project?.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _project = await projects.FindAsync(Name, cancellationToken);

    // Remotes are asked by the live page only, so that the first paint waits for none of them.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_project?.Settings.Images is null || _read == (Name, Version))
            return;
        var isOther = _read.Name != Name;
        _read = (Name, Version);
        await LookAsync(refresh: false, again: isOther);
    }

    private Task LookAgainAsync()
    {
        _generation++;
        return LookAsync(refresh: true, again: true);
    }

    private async Task LookAsync(bool refresh, bool again)
    {
        if (_busy && refresh)
            return;
        (_busy, _look, _lookFault, _parity) = (true, null, null, null);
        var asked = _read;
        StateHasChanged();
        try
        {
            if (again || _build is null)
                _build = await Task.Run(() => builds.ReadAsync(_project!, refresh, Gone), Gone);
            StateHasChanged();
            await CompareAsync(asked);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            Log.LookFailed(logger, Name, exception);
            _build ??= Part.Failed<ImageBuild>("The repository could not be read. The fault is recorded in the server's log.");
            _lookFault = "The registries could not be asked. The fault is recorded in the server's log.";
        }
        _busy = false;
        StateHasChanged();
    }

    private async Task CompareAsync((string Name, string? Version) asked)
    {
        if (Shown is not { } version || !Core.Versions.PythonVersion.TryParse(version, out _, out _))
            return;
        var (tested, published) = await Task.Run(() => looks.CompareAsync(_project!, version, Gone), Gone);
        // Another version may have been chosen meanwhile.
        if (asked != _read)
            return;
        _look = new BothLooks(version, tested, published);
        _parity = ParityMatrix.Compare([.. _project!.Settings.Images!.Variants.Select(ExpectedImage.Of)], Own(tested.Inventory, version), Own(published.Inventory, version));
        _readAt = time.GetUtcNow();
    }

    // Tags that users follow have moved on to the newest version: of an older one they say nothing.
    private ImageInventory Own(ImageInventory inventory, string version) => _build?.Value is { Versions: [var newest, ..] } && newest != version
        ? new ImageInventory([.. inventory.Images.Where(image => image.Tag.Contains(version, StringComparison.Ordinal))])
        : inventory;

    private void Go(string version) => navigation.NavigateTo(PageUrls.ProjectImages(Name, Tab, version));

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The images of project {Project} could not be looked at.")]
        public static partial void LookFailed(ILogger logger, string project, Exception exception);
    }
}
