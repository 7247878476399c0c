using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>Releases whose package the project's own workflow uploads, with no token of the index on the worker.</summary>
public sealed class PublishByWorkflowTests(RunningProduct running) : IClassFixture<RunningProduct>, IAsyncDisposable
{
    private ReleaseDriver Driver => running.Driver;

    public async ValueTask DisposeAsync()
    {
        await Driver.Sandbox.SendAsync(HttpMethod.Delete, "/sandbox/workflows");
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Release_PublishedByTheWorkflowOfItsTag_IsExactlyWhatWasApproved()
    {
        var project = await ByTagAsync("tag-words");
        var before = await Driver.Sandbox.EffectsAsync();

        var release = await Driver.PublishAsync((await Driver.StartAsync(project.Name, "0.2.0")).Id);

        await ShouldBePublishedAsync(project, release, before);
        release["upload"].Status.ShouldBe("skipped");
        release["start-publishing"].Status.ShouldBe("skipped");
        release["follow-publishing"]["head"].ShouldBe(release["merge"]["commit"]);
    }

    [Fact]
    public async Task Release_DispatchedInAnotherRepositoryThatIsWrongAtFirst_IsPublishedByTheRunThatWasStartedAgain()
    {
        const string tools = "elsewhere/release-tools";
        var project = await CreateAsync("far-words", new PublishWorkflow(PublishWorkflows.File, tools, Dispatch: true));
        var repository = await PublishWorkflows.AddElsewhereAsync(Driver, tools, "elsewhere/forgotten");
        var before = await Driver.Sandbox.EffectsAsync();
        var id = (await Driver.StartAsync(project.Name, "0.2.0")).Id;

        var step = await Driver.StoppedAsync(id, "follow-publishing");
        step.Error!.Code.ShouldBe("workflow-failed");
        step.Error.What.ShouldBe("The job upload of publish ended as failure.");
        step.Error.Why.ShouldContain("Upload to the index");
        step.Error.Lines.ShouldContain(line => line.Contains("HTTP 404: Not Found (elsewhere/forgotten)", StringComparison.Ordinal));
        step.Error.WhatToDo.ShouldContain("start it there by hand with the same tag, then retry");

        await PublishWorkflows.RepairElsewhereAsync(Driver, repository, tools, project.Repository);
        var commit = (await Driver.FindAsync(id))["merge"]["commit"];
        await Driver.Sandbox.SendAsync(
            HttpMethod.Post, $"/api/v3/repos/{tools}/actions/workflows/{PublishWorkflows.File}/dispatches", new { @ref = "main", inputs = new { tag = "0.2.0", commit } });
        await Driver.RetryAsync(id, "follow-publishing");
        var release = await Driver.PublishAsync(id);

        await ShouldBePublishedAsync(project, release, before);
        release["follow-publishing"]["run"].ShouldNotBe(release["start-publishing"]["run"]);
        (await Driver.Sandbox.EffectsAsync()).Of("workflow.dispatch").Count(effect => effect.Subject.StartsWith(tools, StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Release_PublishingJobRed_GoesOnWithItsRerun()
    {
        var project = await ByTagAsync("red-run-words");
        await ScriptAsync(project, new { outcome = "failure", output = new[] { "HTTPError: 503 Service Unavailable from the index" }, times = 1 });
        var before = await Driver.Sandbox.EffectsAsync();
        var id = (await Driver.StartAsync(project.Name, "0.2.0")).Id;

        var step = await Driver.StoppedAsync(id, "follow-publishing");
        step.Error!.Lines.ShouldContain(line => line.Contains("503 Service Unavailable", StringComparison.Ordinal));
        step.Choices.ShouldContain("retry");

        await Driver.Sandbox.SendAsync(HttpMethod.Post, $"/api/v3/repos/{project.Repository}/actions/runs/{step["run"]}/rerun-failed-jobs");
        await Driver.RetryAsync(id, "follow-publishing");
        await ShouldBePublishedAsync(project, await Driver.PublishAsync(id), before);
    }

    [Fact]
    public async Task Release_WorkflowPublishesOtherBytes_StopsAndNothingMoreIsPublished()
    {
        var project = await ByTagAsync("other-words");
        await ScriptAsync(project, new { tamper = true });
        var id = (await Driver.StartAsync(project.Name, "0.2.0")).Id;

        var step = await Driver.StoppedAsync(id, "verify");

        var release = await Driver.FindAsync(id);
        var published = (await Driver.Sandbox.EffectsAsync()).Of("upload").Single(effect => effect.Subject.StartsWith(project.Package.Module, StringComparison.Ordinal) || effect.Subject.StartsWith(project.Name, StringComparison.Ordinal));
        step.Error!.Code.ShouldBe("other-bytes");
        step.Error.What.ShouldBe($"The workflow published other bytes of {release["package"]["file"]} than were approved.");
        step.Error.Why.ShouldContain(published.Digest!["sha256:".Length..]);
        step.Error.Why.ShouldContain(release["approve"]["sha256"]!);
        step.Error.Why.ShouldContain(release["follow-publishing"]["url"]!);
        step.Error.WhatToDo.ShouldContain($"Yank {release["package"]["file"]}");
        step.Error.WhatToDo.ShouldContain("release under the next version");
        release["install"].Attempts.ShouldBe(0);
        var drafts = await Driver.Sandbox.GetAsync($"/api/v3/repos/{project.Repository}/releases");
        drafts.AsArray().Single(found => found!["tag_name"]!.GetValue<string>() == "0.2.0")!["draft"]!.GetValue<bool>().ShouldBeTrue();
        await Driver.AbortAsync(id);
    }

    private async Task<ImportedProject> ByTagAsync(string name)
    {
        var project = await CreateAsync(name, new PublishWorkflow(PublishWorkflows.File));
        await PublishWorkflows.AddAsync(project);
        return project;
    }

    private Task<ImportedProject> CreateAsync(string name, PublishWorkflow publish) =>
        ImportedProject.CreateAsync(Driver, name, change: settings => settings with { RequireReview = false, PublishBy = publish });

    private Task ScriptAsync(ImportedProject project, object rule)
    {
        var node = System.Text.Json.JsonSerializer.SerializeToNode(rule)!;
        (node["repository"], node["workflow"]) = (project.Repository, PublishWorkflows.File);
        return Driver.Sandbox.SendAsync(HttpMethod.Post, "/sandbox/workflows", new[] { node });
    }

    private async Task ShouldBePublishedAsync(ImportedProject project, ReleaseAnswer release, Effects before)
    {
        var published = new PublishedRelease(Driver, release, project.Repository, project.Name, "0.2.0");
        await published.ShouldBeOnIndexAsync("production");
        await published.ShouldBeTaggedAndReleasedAsync();
        await published.ShouldHaveBranchesAsync(project.Package.VersionFile, "__version__ = \"0.2.1b1\"");
        await published.ShouldHaveHappenedOnceAsync(before, testIndex: false);
        (await Driver.Sandbox.EffectsAsync()).All.Skip(before.All.Count).Where(effect => effect.Action == "upload")
            .ShouldAllBe(effect => effect.Service == "index.production" && effect.Actor!.StartsWith("workflow ", StringComparison.Ordinal) && effect.Digest == "sha256:" + release["approve"]["sha256"]);
        (await Driver.Product.RunAsync("audit", "verify")).Ok().ShouldContain("first bad: none");
    }
}
