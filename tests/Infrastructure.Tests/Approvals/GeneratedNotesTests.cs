using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Tests.GitHub;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

/// <summary>People approve the notes that are published, also when nobody wrote any.</summary>
public sealed class GeneratedNotesTests
{
    private const string Playbook = """
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
                approval: {role: reviewer}
              - id: publish
                title: Publish
                kind: github.release
                inputs: {tag: "1.2.0", title: "1.2.0"}
        """;

    private static readonly string One = new('1', 40);
    private static readonly string Two = new('2', 40);
    private static readonly IReadOnlyDictionary<string, Evidence> Nothing = new Dictionary<string, Evidence>();

    private static CancellationToken None => CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Approval_NobodyWroteNotes_IsOverThoseOfGitHub(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook);
        await using var github = (await ScriptedGitHub.StartAsync()).Then(200, Notes("* Greets by name"));

        var id = await StartAsync(engine, github.Address);
        var view = await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson);

        view.Current.Evidence!["notes"].ShouldBe("* Greets by name");
        github.Seen.ShouldHaveSingleItem().Path.ShouldEndWith("/releases/generate-notes");
        var shown = (await engine.Get<NotesStore>().FindAsync(EngineHost.Maintainer, id, null, None))!;
        (shown.Text, shown.Revision, shown.SavedBy).ShouldBe(("* Greets by name", 0, "GitHub"));

        // Somebody writes better ones: the request is void, and the next one is over these.
        (await engine.Get<NotesStore>().SaveAsync(EngineHost.Maintainer, id, "Greets", 0, None)).Message.ShouldBe("");
        view = await engine.WaitAsync(id, release => release.Current.Approval is { Voided: not null });
        view.Current.Approval!.Voided!.Changes.ShouldHaveSingleItem().Item.ShouldBe("notes");
    }

    [Theory, DatabaseData]
    public async Task Approval_GitHubAway_WaitsAndGoesOnWithNotesOfAPerson(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook);

        var id = await StartAsync(engine, "http://127.0.0.1:1/");
        var view = await engine.WaitForAsync(id, ReleaseStatus.WaitingOutside);
        view.Current.Reason!.ShouldStartWith("The release notes cannot be made");

        (await engine.Get<NotesStore>().SaveAsync(EngineHost.Maintainer, id, "Greets", 0, None)).Message.ShouldBe("");
        view = await engine.WaitAsync(id, release => release.Current.Evidence?["notes"] is not null);
        (view.Current.Status, view.Current.Evidence!["notes"]).ShouldBe((StepStatus.WaitingForPerson, "Greets\n"));
    }

    [Theory, DatabaseData]
    public async Task Keep_AskedAgain_IsTheSameUntilTheCommitChanges(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook);
        await using var github = (await ScriptedGitHub.StartAsync()).Then(200, Notes("first")).Then(200, Notes("second")).Then(200, Notes("third"));
        var id = await StartAsync(engine, github.Address);
        (await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson)).Current.Evidence!["notes"].ShouldBe("first");
        var (facts, generated) = (await FactsAsync(engine, id), engine.Get<GeneratedNotes>());

        (await generated.KeepAsync(facts, One, Nothing, None)).Value.ShouldBe("second");
        (await generated.KeepAsync(facts, One, Nothing, None)).Value.ShouldBe("second");
        // Approved already: another approval over another commit must not take it away.
        var approved = new Dictionary<string, Evidence> { ["approve"] = Evidence.Of(new EvidenceItem("notes", EvidenceKind.Text, "second")) };
        (await generated.KeepAsync(facts, Two, approved, None)).Value.ShouldBe("second");
        (await generated.KeepAsync(facts, Two, Nothing, None)).Value.ShouldBe("third");
        github.Seen.Count.ShouldBe(3);

        (await engine.Get<NotesStore>().SaveAsync(EngineHost.Maintainer, id, "ours", 0, None)).Message.ShouldBe("");
        (await generated.KeepAsync(facts, One, Nothing, None)).Value.ShouldBe("ours\n");
        github.Seen.Count.ShouldBe(3);
    }

    [Theory, DatabaseData]
    public async Task Keep_GitHubMakesNone_IsTheVersion(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook);
        await using var github = (await ScriptedGitHub.StartAsync()).Then(422, """{"message": "Validation Failed"}""");
        var id = await StartAsync(engine, github.Address);
        (await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson)).Current.Evidence!["notes"].ShouldBe("p 1.2.0");
    }

    private static string Notes(string body) => $$"""{"name": "1.2.0", "body": "{{body}}"}""";

    private static Task<Guid> StartAsync(EngineHost engine, string address) =>
        engine.StartReleaseAsync(change: settings => settings with { GitHubApi = $"{address}api/v3/" });

    private static async Task<ReleaseFacts> FactsAsync(EngineHost engine, Guid id)
    {
        var view = (await engine.Get<ReleaseQueries>().FindAsync(id, None))!;
        var project = new Project(view.ProjectId, view.Project, view.Repository, view.IsRehearsal, view.Settings);
        return new ReleaseFacts(id, PythonVersion.Parse(view.Version), "maintainer", view.StartedAt, new string('a', 40), null, project);
    }
}
