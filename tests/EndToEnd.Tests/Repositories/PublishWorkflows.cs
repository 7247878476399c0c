using ReleaseDashboard.EndToEnd.Tests.Product;

namespace ReleaseDashboard.EndToEnd.Tests.Repositories;

/// <summary>The workflow files that a project publishes with.</summary>
internal static class PublishWorkflows
{
    public const string File = "publish.yml";

    /// <summary>The one that copies images.</summary>
    public const string Migration = "migrate.yml";

    private const string Folder = ".github/workflows/";
    private const string Path = Folder + File;

    private const string Checks = """
        name: checks
        on: pull_request
        jobs:
          tests:
            steps:
              - run: python -m unittest discover
        """;

    private const string Push = """
        push:
            tags: ["*"]
        """;

    private const string Dispatch = """
        workflow_dispatch:
            inputs:
              tag:
                required: true
              commit:
                required: true
        """;

    /// <summary>Puts a workflow that its tags start on the project's development branch, beside one that checks its pull requests.</summary>
    public static async Task AddAsync(ImportedProject project)
    {
        project.Package.Put(Path, Text(Push, "Publish ${{ github.ref_name }}", "${{ github.ref_name }}", project.Repository));
        project.Package.Put(Folder + "checks.yml", Checks);
        await project.Package.CommitAsync("Publish from GitHub");
        await project.Package.PushAsync(project.Driver.Sandbox.Address, project.Repository, "dev");
    }

    /// <summary>Puts a workflow that copies images onto the branch that a dispatch takes it from, and brings it to dev.</summary>
    public static async Task AddMigrationAsync(ImportedProject project, ImageVariants variants)
    {
        await project.Package.GitAsync("switch", "--quiet", "main");
        project.Package.Put(Folder + Migration, $$$"""
            name: migrate
            run-name: Migrate ${{ inputs.tag }} of ${{ inputs.commit }}
            on:
              {{{Dispatch}}}
            jobs:
              migrate:
                steps:
                  - name: Copy
                    uses: sandbox/migrate-images
                    with:
                      version: ${{ inputs.tag }}
                      variants: {{{string.Join(' ', ImageVariants.Names)}}}
                      repository: {{{variants.FamilyName}}}
                      latest: debian
            """);
        await project.Package.CommitAsync("Copy images from GitHub");
        await project.Package.PushAsync(project.Driver.Sandbox.Address, project.Repository, "main");
        await project.Package.GitAsync("switch", "--quiet", "dev");
        await project.Package.GitAsync("merge", "--quiet", "--no-edit", "main");
    }

    /// <summary>Makes another repository with a workflow that a dispatch starts.</summary>
    /// <param name="source">Where it takes the files from.</param>
    public static async Task<SmallPackage> AddElsewhereAsync(ReleaseDriver driver, string repository, string source)
    {
        var tools = await SmallPackage.CreateAsync(driver.Product.Scratch, repository.Split('/')[1]);
        await tools.GitAsync("switch", "--quiet", "main");
        await driver.Sandbox.SendAsync(HttpMethod.Post, "/sandbox/import", new { repository, from = tools.Folder });
        await RepairElsewhereAsync(driver, tools, repository, source);
        return tools;
    }

    public static async Task RepairElsewhereAsync(ReleaseDriver driver, SmallPackage tools, string repository, string source)
    {
        tools.Put(Path, Text(Dispatch, "Publish ${{ inputs.tag }} of ${{ inputs.commit }}", "${{ inputs.tag }}", source));
        await tools.CommitAsync($"Publish {source}");
        await tools.PushAsync(driver.Sandbox.Address, repository, "main");
    }

    private static string Text(string trigger, string title, string tag, string source) => $"""
        name: publish
        run-name: {title}
        on:
          {trigger}
        jobs:
          upload:
            steps:
              - name: Upload to the index
                uses: sandbox/publish-package
                with:
                  tag: {tag}
                  repository: {source}
        """;
}
