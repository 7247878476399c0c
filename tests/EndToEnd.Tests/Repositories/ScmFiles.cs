namespace ReleaseDashboard.EndToEnd.Tests.Repositories;

/// <summary>The files of a package whose version is nowhere in the repository: setuptools-scm takes it from the tag and writes it when it is built.</summary>
internal static class ScmFiles
{
    public static void Write(SmallPackage package)
    {
        package.Put(".gitignore", $"/{package.VersionFile}\n/dist/\n*.egg-info/\n");
        package.Put("requirements-runtime.txt", "# Nothing but Python.\n");
        package.Put($"{package.Module}/__init__.py", $"""
            def count(text):
                return len(text.split())


            def main():
                from {package.Module}.version import version
                print(version)

            """);
        package.Put("setup.py", $$"""
            from setuptools import setup

            setup(
                name="{{package.Name}}",
                use_scm_version={"write_to": "{{package.VersionFile}}"},
                description="Counts words",
                long_description=open("README.md", encoding="utf-8").read(),
                long_description_content_type="text/markdown",
                packages=["{{package.Module}}"],
                entry_points={"console_scripts": ["{{package.Name}} = {{package.Module}}:main"]},
            )

            """);
    }
}
