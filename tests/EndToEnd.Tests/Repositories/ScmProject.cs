using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.EndToEnd.Tests.Product;

namespace ReleaseDashboard.EndToEnd.Tests.Repositories;

/// <summary>A project as the second document has it: source package and wheel, the version from the tag, perhaps images.</summary>
internal static class ScmProject
{
    /// <param name="prepare">Puts more files onto dev.</param>
    public static Task<ImportedProject> CreateAsync(ReleaseDriver driver, string name, Action<SmallPackage>? prepare, Func<ProjectSettings, ProjectSettings> change) =>
        ImportedProject.CreateAsync(driver, name, PackageStyle.Scm, prepare: prepare, change: settings => change(settings with
        {
            // As the notes have it. An isolated build would need an index that serves setuptools-scm.
            BuildCommand = ["setup.py", "build", "sdist", "bdist_wheel"],
            SourceOnly = false,
            Requirements = "requirements-runtime.txt",
            SmokeCommand = [name, "--version"],
        }));

    /// <summary>Exactly the two approved files are there.</summary>
    public static async Task ShouldBeOnIndexAsync(ImportedProject project, ReleaseAnswer release, string index)
    {
        var files = (await project.Driver.Sandbox.GetAsync($"/indexes/{index}/pypi/{project.Name}/{release.Version}/json"))["urls"]!.AsArray()
            .ToDictionary(file => file!["filename"]!.GetValue<string>(), file => file!["digests"]!["sha256"]!.GetValue<string>());
        files.Count.ShouldBe(2);
        files[release["approve"]["file"]!].ShouldBe(release["approve"]["sha256"], "another source package than the approved one");
        files[release["approve"]["wheel"]!].ShouldBe(release["approve"]["wheel_sha256"], "another wheel than the approved one");
    }
}
