using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

/// <summary>An approval and a step after it that cannot be undone, with people and groups in the ledger.</summary>
internal sealed class ApprovalWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private ApprovalWorld(TestDatabase database, EngineHost engine, ScriptedStep publish, ScriptedStep make) => (_database, Engine, Publish, Make) = (database, engine, publish, make);

    /// <summary>Reviewer, and in the group security.</summary>
    public static Actor Ana { get; } = Actor.Person("ana", Roles.Viewer | Roles.Reviewer);

    /// <summary>In the group security, no reviewer.</summary>
    public static Actor Bo { get; } = Actor.Person("bo", Roles.Viewer | Roles.Maintainer);

    public static Actor Cy { get; } = Actor.Person("cy", Roles.Viewer | Roles.Reviewer);

    /// <summary>Only a viewer, in the group security.</summary>
    public static Actor Vera { get; } = Actor.Person("vera", Roles.Viewer);

    public static Actor Lead { get; } = Actor.Person("lead", Roles.Viewer | Roles.Administrator);

    public EngineHost Engine { get; }

    /// <summary>What the step after the approval does.</summary>
    public ScriptedStep Publish { get; }

    /// <summary>What a step of kind <c>test.make</c> does, which changes nothing outside.</summary>
    public ScriptedStep Make { get; }

    /// <param name="rule">The approval's rule, as YAML in one line.</param>
    /// <param name="between">A step between the approval and the last one, as YAML in one line; none when empty.</param>
    /// <param name="publishes">Inputs of the last step.</param>
    public static async Task<ApprovalWorld> StartAsync(DatabaseKind kind, string rule, string inputs = "{}", string between = "", string publishes = "{}")
    {
        var database = await TestDatabase.CreateAsync(kind);
        var publish = new ScriptedStep();
        var make = new ScriptedStep("test.make", StepEffect.Local);
        var engine = await EngineHost.StartAsync(database.Options, $$"""
            schema: 1
            name: test
            title: Test
            revision: 1
            stages:
              - id: only
                title: Only
                steps:
                  - id: approve
                    title: Approve
                    kind: approval
                    inputs: {{inputs}}
                    approval: {{rule}}
                  {{between}}
                  - id: publish
                    title: Publish
                    kind: test.scripted
                    permanent: true
                    inputs: {{publishes}}
            """, publish, make);
        var world = new ApprovalWorld(database, engine, publish, make);
        await world.AddPeopleAsync();
        return world;
    }

    public Task<ReleaseView> AtAsync(Guid release, string step, StepStatus status) =>
        Engine.WaitAsync(release, view => view.Steps.Single(own => own.Key == step).Status == status);

    public async Task<(Guid Release, ApprovalView Approval)> AskAsync()
    {
        var release = await Engine.StartReleaseAsync();
        var view = await AtAsync(release, "approve", StepStatus.WaitingForPerson);
        return (release, view.Steps.Single(step => step.Key == "approve").Approval!);
    }

    public Task<ActionResult> DecideAsync(Actor actor, Guid release, string digest, Verdict verdict = Verdict.Approved, string? comment = null) =>
        Engine.Get<DecideApproval>().RunAsync(actor, release, "approve", verdict, digest, comment, CancellationToken.None);

    public async Task<ApprovalView> ApprovalAsync(Guid release) =>
        (await Engine.Get<ReleaseQueries>().FindAsync(release, CancellationToken.None))!.Steps.Single(step => step.Key == "approve").Approval!;

    /// <summary>Edits the notes, as somebody would before they are published, and lets what waits look again.</summary>
    public Task NotesAsync(Guid release, string text) => Engine.Ledger.WriteAsync(
        async write =>
        {
            var notes = await write.Db.ReleaseNotes.FirstOrDefaultAsync(record => record.ReleaseId == release, write.CancellationToken);
            if (notes is null)
                write.Db.ReleaseNotes.Add(new ReleaseNotesRecord { ReleaseId = release, Text = text, Revision = 1, SavedBy = "maintainer", SavedAt = write.Now });
            else
                (notes.Text, notes.Revision, notes.GeneratedFor) = (text, notes.Revision + 1, null);
            await WaitingSteps.LookAgainAsync(write, release);
            return true;
        },
        CancellationToken.None);

    /// <summary>Says who authored the release, as a look at git and GitHub would.</summary>
    public Task AuthorsAsync(Guid release, string authors) => Engine.Ledger.WriteAsync(
        async write =>
        {
            var step = await write.Db.Steps.SingleAsync(record => record.ReleaseId == release && record.Key == "approve", write.CancellationToken);
            step.Evidence = Evidence.Of(new EvidenceItem(CommitAuthor.Item, EvidenceKind.Text, authors));
            step.WakeAt = null;
            return true;
        },
        CancellationToken.None);

    /// <summary>Links a person with a login at GitHub.</summary>
    public Task LinkAsync(string name, string login) => Engine.Ledger.WriteAsync(
        async write =>
        {
            (await write.Db.Users.SingleAsync(user => user.Name == name, write.CancellationToken)).GitHubLogin = login;
            return true;
        },
        CancellationToken.None);

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync(Guid release, string action)
    {
        await using var db = Engine.Ledger.Read();
        return await db.Audit.Where(entry => entry.ReleaseId == release && entry.Action == action).OrderBy(entry => entry.Sequence).ToListAsync();
    }

    public async Task<IReadOnlyList<ApprovalOutcome?>> OutcomesAsync(Guid release)
    {
        await using var db = Engine.Ledger.Read();
        return await db.ApprovalRequests.Where(request => request.ReleaseId == release).OrderBy(request => request.AskedAt).Select(request => request.Outcome).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task AddPeopleAsync() => Engine.Ledger.WriteAsync(
        write =>
        {
            var security = new GroupRecord { Id = Guid.CreateVersion7(), Name = "security", NormalizedName = "SECURITY", CreatedAt = write.Now, CreatedBy = "test" };
            write.Db.Groups.Add(security);
            foreach (var actor in new[] { Ana, Bo, Cy, Vera, Lead, EngineHost.Maintainer })
            {
                var user = new UserRecord
                {
                    Id = Guid.CreateVersion7(), Name = actor.Name, NormalizedName = Infrastructure.People.AccountRules.Normalize(actor.Name), DisplayName = actor.Name,
                    Roles = actor.Roles, IsDisabled = false, SecurityStamp = "s", CreatedAt = write.Now,
                };
                write.Db.Users.Add(user);
                if (actor == Ana || actor == Bo || actor == Vera)
                    write.Db.GroupMembers.Add(new GroupMemberRecord { GroupId = security.Id, UserId = user.Id });
            }
            return Task.FromResult(true);
        },
        CancellationToken.None);
}
