using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Preparation;
using ReleaseDashboard.Infrastructure.Preparation.Plans;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

public sealed class ReleasePlansTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<PlannedRelease> PlanAsync(PreparationWorld world, string version = "1.2.0")
    {
        var built = await world.Get<ReleasePlans>().BuildAsync(world.Project.Id, version, "small", "maintainer", Stop);
        built.Error.ShouldBeNull();
        return built.Value;
    }

    [Fact]
    public async Task Build_DemoProject_ShowsDiffsPlaceholdersAndTotals()
    {
        await using var world = await PreparationWorld.StartAsync();

        var plan = await PlanAsync(world);

        plan.Steps.Where(step => step.Error is not null).Select(step => step.Id).ShouldBeEmpty();
        plan.LastVersion.ShouldBe("1.1.3");
        var set = plan.Steps.Single(step => step.Id == "set-version");
        set.Files.ShouldHaveSingleItem().Path.ShouldBe("hello_wrapper/config/constants.py");
        (set.Files[0].Diff.Added, set.Files[0].Diff.Removed).ShouldBe((1, 1));
        set.Instructions.ShouldBe("Writes `1.2.0`.");
        plan.Steps.Single(step => step.Id == "push").Lines.ShouldContain(line => line.Text.Contains("‹commit›", StringComparison.Ordinal) || (line.Wants ?? "").Contains("‹commit›", StringComparison.Ordinal));
        var review = plan.Steps.Single(step => step.Id == "review");
        (review.Included, review.Number, review.WhyLeftOut).ShouldBe((false, 0, "Not part of this release: not project.require_review"));
        plan.Steps.Where(step => step.Included).Select(step => step.Number).ShouldBe([1, 2, 3, 4, 5]);
        (plan.Totals.Steps, plan.Totals.Reads, plan.Totals.Local, plan.Totals.Outside, plan.Totals.People).ShouldBe((5, 1, 2, 1, 1));
        plan.Totals.Approvals.ShouldBe(2);
        plan.Totals.MachineTime.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
        plan.Totals.Publications.ShouldBe(["Commits on dev"]);
    }

    [Fact]
    public async Task Build_WrapperPlaybook_TellsTheCommandsOfEveryStep()
    {
        await using var world = await PreparationWorld.StartAsync();

        var built = await world.Get<ReleasePlans>().BuildAsync(world.Project.Id, "1.2.0", "wrapper", "maintainer", Stop);

        var plan = built.Value;
        plan.Steps.Where(step => step.Error is not null).Select(step => step.Id).ShouldBeEmpty();
        plan.Steps.Where(step => step.Included && step.Lines.Count == 0 && step.Files.Count == 0 && step.Note is null).Select(step => step.Id).ShouldBeEmpty();
        plan.Steps.SelectMany(step => step.Lines).ShouldAllBe(line => !line.Text.Contains("${{", StringComparison.Ordinal) && !line.Text.Contains("-token", StringComparison.Ordinal));
        plan.Totals.Permanent.ShouldBeGreaterThan(0);
        plan.Totals.Publications.ShouldContain("Tag 1.2.0");
    }

    [Fact]
    public async Task Digest_SameRepository_IsTheSameAlsoAfterARestart()
    {
        await using var world = await PreparationWorld.StartAsync();
        var first = await PlanAsync(world);
        await world.RestartAsync();

        (await PlanAsync(world)).Digest.ShouldBe(first.Digest);
        (await PlanAsync(world, "1.2.0b2")).Digest.ShouldNotBe(first.Digest);
    }

    [Fact]
    public async Task Digest_FileChangedOnDev_Changes()
    {
        await using var world = await PreparationWorld.StartAsync();
        var first = await PlanAsync(world);
        var head = await world.PushAsync("dev", "hello_wrapper/config/constants.py", text => text.Replace("Everything", "All that", StringComparison.Ordinal));

        var second = await PlanAsync(world);

        second.BaseCommit.ShouldBe(head.Value);
        second.Digest.ShouldNotBe(first.Digest);
        second.Steps.Single(step => step.Id == "set-version").Files[0].Before.ShouldContain("All that");
    }

    [Fact]
    public async Task Build_WritesNothingOutsideAndLeavesNoCheckout()
    {
        await using var world = await PreparationWorld.StartAsync();

        await PlanAsync(world);

        world.Sandbox.Effects.Read().ShouldBeEmpty();
        var checkouts = Path.Combine(world.Get<ReleaseDashboard.Infrastructure.Running.WorkerOptions>().DataFolder, "checkouts");
        Directory.EnumerateFileSystemEntries(checkouts).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1.2", "small")]
    [InlineData("1.2.0", "../small")]
    public async Task Build_BadQuestion_SaysWhatToDo(string version, string playbook)
    {
        await using var world = await PreparationWorld.StartAsync();

        var built = await world.Get<ReleasePlans>().BuildAsync(world.Project.Id, version, playbook, "maintainer", Stop);

        built.Error.ShouldNotBeNull().WhatToDo.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Resolve_RemoteDown_IsAnErrorInWords()
    {
        await using var world = await PreparationWorld.StartAsync();
        (await world.Get<ReleasePreparation>().ResolveAsync(world.Project, Stop)).Value.LastVersion.ShouldBe("1.1.3");
        await world.Sandbox.StopAsync(Stop);

        StepError error = (await world.Get<ReleasePreparation>().ResolveAsync(world.Project, Stop)).Error.ShouldNotBeNull();
        error.Code.ShouldBe("unreachable");
    }
}
