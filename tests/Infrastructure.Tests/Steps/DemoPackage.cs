namespace ReleaseDashboard.Infrastructure.Tests.Steps;

/// <summary>The files of a small package that tests and builds.</summary>
internal static class DemoPackage
{
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["README.md"] = "# hello-wrapper\n\nVersion 1.2.0 says hello.\n",
        ["hello_wrapper/__init__.py"] = "from hello_wrapper.config import ConstantConfig\n\n__version__ = ConstantConfig.version\n",
        ["hello_wrapper/config.py"] = "class ConstantConfig:\n    version: str = \"1.2.0b1\"\n    name: str = \"hello\"\n",
        ["tests/__init__.py"] = "",
        ["tests/test_version.py"] = """
            import unittest
            from hello_wrapper.config import ConstantConfig


            class VersionTest(unittest.TestCase):
                def test_version(self):
                    self.assertEqual("1.2.0", ConstantConfig.version)

                def test_name(self):
                    self.assertEqual("hello", ConstantConfig.name)

            """,
        ["pyproject.toml"] = """
            [build-system]
            requires = ["setuptools"]
            build-backend = "setuptools.build_meta"

            [project]
            name = "hello-wrapper"
            dynamic = ["version"]
            description = "Says hello"
            readme = "README.md"

            [tool.setuptools]
            packages = ["hello_wrapper"]

            [tool.setuptools.dynamic]
            version = {attr = "hello_wrapper.__version__"}

            """,
        [".gitignore"] = "__pycache__/\n*.egg-info/\n",
    };
}
