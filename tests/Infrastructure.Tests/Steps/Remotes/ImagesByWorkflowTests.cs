using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Steps.Containers;
using ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

/// <summary>Images that the project's workflow copies to production after their approval, as the python-docker playbook has it: dispatch, follow, compare.</summary>
public sealed class ImagesByWorkflowTests : RemoteFixture
{
    private const string Tag = "1.2.0";

    private const string Build = """
        name: build
        run-name: Build ${{ inputs.tag }}
        on:
          workflow_dispatch:
            inputs:
              tag: {required: true}
        jobs:
          build:
            strategy:
              matrix:
                variant: [debian, alpine]
            steps:
              - uses: sandbox/build-image
                with:
                  variant: ${{ matrix.variant }}
                  platforms: linux/amd64,linux/arm64
                  repository: example/tool
                  version: ${{ inputs.tag }}
                  latest: debian
        """;

    private const string Migrate = """
        name: migrate
        run-name: Migrate ${{ inputs.tag }} of ${{ inputs.commit }}
        on:
          workflow_dispatch:
            inputs:
              tag: {required: true}
              commit: {required: true}
        jobs:
          migrate:
            steps:
              - name: Copy
                uses: sandbox/migrate-images
                with:
                  version: ${{ inputs.tag }}
                  variants: debian alpine
                  repository: example/tool
                  latest: debian
        """;

    private readonly RegistryClients registries = new(TimeProvider.System);

    private WorkflowStep Follow => new(Access, TimeProvider.System) { Grace = TimeSpan.FromDays(100_000) };

    private ImagesParityStep Parity => new(registries);

    [Fact]
    public async Task Workflow_CopiesTheApprovedImages_ParityIsGreen()
    {
        var (project, commit, approved) = await ApprovedAsync();

        Done(await PublishAsync(project, commit))["job: migrate"].ShouldBe("success");

        var proof = Done(await Parity.ObserveAsync(project.Build("images.parity", ("inventory", approved), ("wait", true)), Cancel));
        proof["parity"].ShouldBe("4 of 4 equal");
        var (before, after) = (Sandbox.Registries.Preproduction, Sandbox.Registries.Production);
        foreach (var tag in (string[])["1.2.0-debian", "1.2.0-alpine", "debian", "alpine", "latest"])
            after.FindManifest("example/tool", tag)!.Digest.ShouldBe(before.FindManifest("example/tool", tag)!.Digest);
    }

    [Fact]
    public async Task Workflow_TagMovedAfterTheApproval_IsFoundOutByDigest()
    {
        var (project, commit, approved) = await ApprovedAsync();
        await CommitAsync("debian.Dockerfile", "FROM debian:12\nRUN something-else\n", "Another image");
        await GitAsync("push", "--quiet", "origin", "main");
        await BuildAsync();
        Done(await PublishAsync(project, commit));

        var seen = (await Parity.ObserveAsync(project.Build("images.parity", ("inventory", approved), ("wait", true)), Cancel)).ShouldBeOfType<Observation.Failed>();

        seen.Error.Code.ShouldBe("not-equal");
        seen.Error.Why.ShouldContain("debian for linux/amd64 is sha256:");
        seen.Error.Why.ShouldContain("tested was sha256:");
        seen.Error.WhatToDo.ShouldContain("Do not publish the release");
    }

    [Fact]
    public async Task Workflow_LeavesAVariantOut_IsWaitedForAndNeverGreen()
    {
        var (project, commit, approved) = await ApprovedAsync();
        Sandbox.Workflows.Replace([new WorkflowRule { Workflow = "migrate.yml", LeaveOut = ["alpine"] }]);
        Done(await PublishAsync(project, commit));

        (await Parity.ObserveAsync(project.Build("images.parity", ("inventory", approved), ("wait", true)), Cancel)).ShouldBeOfType<Observation.Waiting>().Reason.ShouldContain("alpine for linux/amd64 is missing");
        Failed(await Parity.ObserveAsync(project.Build("images.parity", ("inventory", approved)), Cancel)).Why.ShouldContain("alpine for linux/amd64 is missing");
    }

    /// <summary>What the steps start-migration and migration do.</summary>
    private async Task<Observation> PublishAsync(StepContextBuilder project, string commit)
    {
        (string, object)[] target = [("workflow", "migrate.yml"), ("repository", "example/tool"), ("commit", commit), ("ref", Tag)];
        var started = Done(await new DispatchStep(Access).RunAsync(
            project.Build("github.dispatch", [.. target, ("branch", "main"), ("inputs", new[] { $"tag={Tag}", $"commit={commit}" })]), Cancel));
        return await SettleAsync(Follow, project.Build("github.workflow", [.. target, ("trigger", "dispatch"), ("run", started["run"]!)]));
    }

    private async Task<(StepContextBuilder Project, string Commit, string Approved)> ApprovedAsync()
    {
        await GitAsync("checkout", "--quiet", "main");
        var folder = await GitAsync("rev-parse", "--show-toplevel");
        Directory.CreateDirectory(Path.Combine(folder, ".github", "workflows"));
        await File.WriteAllTextAsync(Path.Combine(folder, "debian.Dockerfile"), "FROM debian:12\nRUN true\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "alpine.Dockerfile"), "FROM alpine:3\nRUN true\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, ".github", "workflows", "build.yml"), Build, Cancel);
        var commit = await CommitAsync(".github/workflows/migrate.yml", Migrate, "Add images");
        await GitAsync("push", "--quiet", "origin", "main");
        await BuildAsync();
        string Repository(ReleaseDashboard.Sandbox.Registries.ImageRegistry registry) => $"{Sandbox.Registries.AddressOf(registry).Authority}/example/tool";
        string[] platforms = ["linux/amd64", "linux/arm64"];
        var project = new StepContextBuilder(
            Release.Settings with
            {
                Images = new ImageSettings
                {
                    Preproduction = new RegistryAddress("preproduction", Repository(Sandbox.Registries.Preproduction), Insecure: true),
                    Production = new RegistryAddress("production", Repository(Sandbox.Registries.Production), Insecure: true),
                    Variants = [new ImageVariant { Name = "debian", Platforms = platforms }, new ImageVariant { Name = "alpine", Platforms = platforms }],
                    Tags = new TagStrategy { Latest = "debian" },
                    ReleaseWorkflow = "migrate.yml",
                },
            },
            Workspace);
        project.Secrets[SecretName.GitHubToken] = Release.Secrets[SecretName.GitHubToken];
        var approved = Done(await new ImagesInventoryStep(registries).ObserveAsync(project.Build("images.inventory", ("registry", "preproduction")), Cancel))["inventory"]!;
        return (project, commit, approved);
    }

    private async Task BuildAsync()
    {
        var started = await SendAsync(HttpMethod.Post, "actions/workflows/build.yml/dispatches", new { @ref = "main", inputs = new { tag = Tag }, return_run_details = true });
        Done(await SettleAsync(Follow, Release.Build("github.workflow", ("workflow", "build.yml"), ("trigger", "dispatch"), ("run", started["workflow_run_id"]!.ToString()))));
    }
}
