using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Infrastructure.Preparation.Plans;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

/// <summary>What must be there when a workflow publishes.</summary>
public sealed class WorkflowReadinessTests
{
    private const string OnTags = "run-name: Publish ${{ github.ref_name }}\non:\n  push:\n    tags: ['[0-9]+.[0-9]+.[0-9]+*', '!*rc*']\njobs: {}\n";
    private const string OnDispatch = "run-name: Publish ${{ inputs.tag }}\non:\n  workflow_dispatch:\n    inputs:\n      tag: {required: true}\n      commit: {required: true}\njobs: {}\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OnTags, false, ReadinessState.Ok, "publish.yml will publish, started by the tag")]
    [InlineData("on: push\njobs: {}\n", false, ReadinessState.Ok, "publish.yml will publish, started by the tag")]
    [InlineData("on:\n  push:\n    tags: [v*]\n", false, ReadinessState.Warning, "publish.yml does not take the tag 1.2.0")]
    [InlineData("on:\n  push:\n    tags: ['**', '!1.*']\n", false, ReadinessState.Warning, "publish.yml does not take the tag 1.2.0")]
    [InlineData("on:\n  push:\n    branches: [main]\n", false, ReadinessState.Blocking, "publish.yml does not start with a tag")]
    [InlineData(OnDispatch, false, ReadinessState.Blocking, "publish.yml does not start with a tag")]
    [InlineData("on: [push\n", false, ReadinessState.Blocking, "publish.yml is no workflow")]
    [InlineData(null, false, ReadinessState.Blocking, "There is no workflow publish.yml")]
    [InlineData(OnDispatch, true, ReadinessState.Ok, "publish.yml will publish, started by dispatch")]
    [InlineData(OnTags, true, ReadinessState.Blocking, "publish.yml cannot be dispatched")]
    [InlineData("on:\n  workflow_dispatch:\n    inputs:\n      tag: {required: true}\n      env: {required: true}\n", true, ReadinessState.Blocking, "publish.yml has other inputs")]
    [InlineData("on:\n  workflow_dispatch:\n    inputs:\n      tag:\n      commit:\n", true, ReadinessState.Warning, "The runs of publish.yml do not name the tag")]
    public async Task Publish_ByAWorkflowOfTheRepository_IsJudgedByItsFile(string? file, bool dispatch, ReadinessState state, string title)
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { PublishBy = new PublishWorkflow("publish.yml", Dispatch: dispatch) });
        if (file is not null)
            await PushAsync(world, file);

        var check = await OneAsync(world, "publish-workflow");

        (check.State, check.Title).ShouldBe((state, title));
        if (state != ReadinessState.Ok)
            check.WhatToDo.ShouldNotBeEmpty();
        else
            check.Detail.ShouldContain("must know example/hello-wrapper and publish.yml as a trusted publisher");
    }

    [Theory]
    [InlineData("example/hello-images", "release.yml", ReadinessState.Blocking, "release.yml has other inputs")]
    [InlineData("example/hello-images", "absent.yml", ReadinessState.Blocking, "There is no workflow absent.yml")]
    [InlineData("example/absent", "release.yml", ReadinessState.Blocking, "There is no workflow release.yml")]
    public async Task Publish_ByAnotherRepository_IsLookedUpThere(string repository, string file, ReadinessState state, string title)
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { PublishBy = new PublishWorkflow(file, repository, Dispatch: true) });

        var check = await OneAsync(world, "publish-workflow");

        (check.State, check.Title).ShouldBe((state, title));
        check.Detail.ShouldStartWith($"{repository}, branch main");
    }

    [Fact]
    public async Task Publish_ByAWorkflow_NeedsNoTokenOfTheIndexHere()
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { PublishBy = new PublishWorkflow("publish.yml") });
        await world.ChangeAsync(db => db.Secrets.Where(secret => secret.Name == SecretName.ProductionIndexPassword).ExecuteDeleteAsync(Stop));

        var check = await OneAsync(world, "production-credentials");

        check.State.ShouldBe(ReadinessState.Ok);
        check.Detail.ShouldContain("publish.yml uploads with its own");
    }

    [Fact]
    public async Task Publish_ByTheWorker_SaysSo()
    {
        await using var world = await PreparationWorld.StartAsync();

        var check = await OneAsync(world, "publish-workflow");

        (check.State, check.Title).ShouldBe((ReadinessState.Ok, "The worker uploads the package"));
    }

    [Theory]
    [InlineData(OnDispatch, ReadinessState.Ok)]
    [InlineData(OnTags, ReadinessState.Blocking)]
    public async Task Images_OfAPackageRelease_AreNotStartedByTheTag(string file, ReadinessState state)
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with
        {
            Images = new ImageSettings { Preproduction = new RegistryAddress("preproduction", "127.0.0.1:1/a/b"), Production = new RegistryAddress("production", "127.0.0.1:1/a/c"), ReleaseWorkflow = "publish.yml" },
        });
        await PushAsync(world, file);

        (await OneAsync(world, "release-workflow", new ReadinessScope(Package: true, Images: true))).State.ShouldBe(state);
        (await OneAsync(world, "release-workflow", new ReadinessScope(Package: false, Images: true))).State.ShouldNotBe(state);
    }

    // GitHub takes the file from the branch that is dispatched: what is on dev helps only a release that brings it there first.
    [Fact]
    public async Task Publish_DispatchedByAReleaseThatMergesNothing_MustBeOnItsBranchAlready()
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { PublishBy = new PublishWorkflow("publish.yml", Dispatch: true) });
        var scope = new ReadinessScope(Package: true, Images: false, Merges: false);
        await PushAsync(world, OnDispatch);

        (await OneAsync(world, "publish-workflow", scope with { Merges = true })).State.ShouldBe(ReadinessState.Ok);
        (await OneAsync(world, "publish-workflow", scope)).ShouldSatisfyAllConditions(
            check => check.State.ShouldBe(ReadinessState.Blocking), check => check.Title.ShouldBe("There is no workflow publish.yml"));
        await world.PushAsync("main", ".github/workflows/publish.yml", _ => OnDispatch);
        (await OneAsync(world, "publish-workflow", scope)).State.ShouldBe(ReadinessState.Ok);
    }

    [Theory]
    [InlineData(null, false, "hello-wrapper 1.2.0, uploaded by the workflow publish.yml")]
    [InlineData("example/tools", true, "hello-wrapper 1.2.0, uploaded by the workflow publish.yml of example/tools")]
    public async Task Plan_ByAWorkflow_SaysThatItPublishesAndWhatCannotBeUndone(string? repository, bool dispatch, string publication)
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { PublishBy = new PublishWorkflow("publish.yml", repository, dispatch) });

        var plan = (await world.Get<ReleasePlans>().BuildAsync(world.Project.Id, "1.2.0", "wrapper", "maintainer", Stop)).Value;

        plan.Totals.Publications.ShouldContain(publication);
        plan.Steps.Where(step => step is { Included: true, Permanent: true }).Select(step => step.Id).ShouldContain("tag-to-publish");
        plan.Steps.Single(step => step.Id == "start-publishing").Included.ShouldBe(dispatch);
        plan.Steps.Single(step => step.Id == "upload").Included.ShouldBeFalse();
        plan.Steps.Single(step => step.Id == "follow-publishing").Instructions.ShouldContain("publish.yml");
    }

    private static async Task<ReadinessCheck> OneAsync(PreparationWorld world, string id, ReadinessScope? scope = null) =>
        (await world.Get<Readiness>().CheckAsync(world.Project, new ReadinessRequest("1.2.0", "maintainer", Scope: scope), null, Stop)).Checks.Single(check => check.Id == id);

    private static async Task PushAsync(PreparationWorld world, string file) => await world.PushAsync("dev", ".github/workflows/publish.yml", _ => file);
}
