using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Browser.Tests.Releases;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Approvals;

/// <summary>A scripted server whose publication needs a reviewer and somebody of the group security.</summary>
public sealed class ApprovalFixture(BrowserFixture browser) : IAsyncLifetime
{
    private ScriptedWeb? _web;

    public ScriptedWeb Web => _web!;

    public ReleaseStates States { get; private set; } = default!;

    public static Actor Lead { get; } = Actor.Person("lead", Roles.Viewer | Roles.Reviewer | Roles.Administrator);

    public async ValueTask InitializeAsync()
    {
        _web = await ScriptedWeb.StartAsync(text => text.Replace(
            "        approval:\n          count: 1\n          role: reviewer\n",
            "        approval:\n          require: [{role: reviewer}, {group: security}]\n          within: 2d\n",
            StringComparison.Ordinal));
        States = new ReleaseStates(_web);
        await AddPeopleAsync();
    }

    /// <summary>A window of its own in which the persona is signed in, at the path, live.</summary>
    public async Task<WatchedPage> OpenAsync(string persona, string path, int width = 1440, bool dark = false)
    {
        var opened = await browser.NewPageAsync(Web.Address, width, width < 600 ? 860 : 1000, dark);
        // As a link in a mail does it: signed out, it leads through signing in and back.
        await opened.Page.GotoAsync(path);
        await opened.Page.Locator($"button[value={persona}]").ClickAsync();
        await opened.LiveAsync();
        return opened;
    }

    public static string PathOf(Guid id) => $"/releases/{id:D}/approve/approve";

    /// <summary>Saves notes the way somebody edits them before they are published.</summary>
    public Task NotesAsync(Guid release, string text) => Web.Get<LedgerStore>().WriteAsync(
        async write =>
        {
            var notes = await write.Db.ReleaseNotes.FirstOrDefaultAsync(record => record.ReleaseId == release, write.CancellationToken);
            if (notes is null)
                write.Db.ReleaseNotes.Add(new ReleaseNotesRecord { ReleaseId = release, Text = text, Revision = 1, SavedBy = "maintainer", SavedAt = write.Now });
            else
                (notes.Text, notes.GeneratedFor) = (text, null);
            await WaitingSteps.LookAgainAsync(write, release);
            return true;
        },
        CancellationToken.None);

    /// <summary>Gives a persona other roles. Who signs in afterwards has them.</summary>
    public Task RolesAsync(string name, Roles roles) => Web.Get<LedgerStore>().WriteAsync(
        async write =>
        {
            (await write.Db.Users.SingleAsync(user => user.Name == name, write.CancellationToken)).Roles = roles;
            return true;
        },
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
    }

    private async Task AddPeopleAsync()
    {
        var personas = Web.Get<Personas>();
        foreach (var name in (string[])["maintainer", "reviewer", "lead"])
            (await personas.SignInAsync(name, CancellationToken.None)).ShouldNotBeNull();
        await Web.Get<LedgerStore>().WriteAsync(
            async write =>
            {
                var security = new GroupRecord { Id = Guid.CreateVersion7(), Name = "security", NormalizedName = "SECURITY", CreatedAt = write.Now, CreatedBy = "test" };
                write.Db.Groups.Add(security);
                var lead = await write.Db.Users.SingleAsync(user => user.Name == "lead", write.CancellationToken);
                write.Db.GroupMembers.Add(new GroupMemberRecord { GroupId = security.Id, UserId = lead.Id });
                write.Db.Users.Add(new UserRecord
                {
                    Id = Guid.CreateVersion7(), Name = "second", NormalizedName = AccountRules.Normalize("second"), DisplayName = "Second maintainer",
                    Roles = Roles.Viewer | Roles.Maintainer, IsDisabled = false, SecurityStamp = "s", CreatedAt = write.Now,
                });
                return true;
            },
            CancellationToken.None);
    }
}

[CollectionDefinition(nameof(ApprovalFixture))]
public sealed class ApprovalCollection : ICollectionFixture<ApprovalFixture>;
