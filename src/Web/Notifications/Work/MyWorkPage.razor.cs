using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Home.Asks;

namespace ReleaseDashboard.Web.Notifications.Work;

/// <summary>All that is the reader's to do, in one place, each with its age and one next action.</summary>
public sealed partial class MyWorkPage(CurrentActor current, AskReader asks, MyWorkQueries work, Inbox inbox)
{
    private Account? _account;
    private IReadOnlyList<Ask> _asks = [];
    private MyWork? _work;

    private int Total => _asks.Count + (_work is null ? 0 : _work.Questions.Count + _work.Mentions.Count + _work.Releases.Count + _work.Drafts.Count);

    private string Note
    {
        get
        {
            if (!IsLoaded)
                return "Reading what is yours";
            var yours = _asks.Count(ask => ask.IsYours) + (_work?.Questions.Count ?? 0);
            return yours == 0 ? "What is yours, and what your team can take" : $"{yours} wait{(yours == 1 ? "s" : "")} on you";
        }
    }

    protected override bool Concerns(Change change) => change is Change.Release or Change.Project || (change is Change.Bell bell && bell.UserId == _account?.Id);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _account = await current.FindAccountAsync(cancellationToken);
        if (_account is null)
        {
            (_asks, _work) = ([], new MyWork([], [], [], []));
            return;
        }

        _asks = await asks.ReadAsync(await current.GetAsync(cancellationToken), cancellationToken);
        _work = await work.ReadAsync(_account.Id, _account.Name, cancellationToken);
    }

    private async Task ReadAsync(InboxItem mention)
    {
        if (await current.FindAccountAsync(Gone) is { } account)
            await inbox.ReadAsync(account.Id, mention.Id, Gone);
    }

    private static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";
}
