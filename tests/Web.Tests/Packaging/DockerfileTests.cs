using System.Text.RegularExpressions;
using System.Xml.Linq;
using ReleaseDashboard.TestSupport.Playbooks;

namespace ReleaseDashboard.Web.Tests.Packaging;

/// <summary>What the Dockerfile names is there. That it builds and runs is shown by scripts/image --rehearse, which takes minutes.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Copies =
        [.. Regex.Matches(RepositoryFiles.Read("Dockerfile"), @"(?<=^COPY )(?!--from).+$", RegexOptions.Multiline).SelectMany(match => match.Value.Split(' ')[..^1])];

    [Fact]
    public void Dockerfile_WhatItCopies_IsThereAndSentAlong()
    {
        Copies.ShouldContain("playbooks");
        Copies.ShouldContain("appsettings.json");
        var ignored = RepositoryFiles.Read(".dockerignore").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var source in Copies)
        {
            Path.Exists(Path.Combine(RepositoryFiles.Root, source)).ShouldBeTrue(source);
            ignored.ShouldNotContain(source.Split('/')[0], source);
        }
    }

    [Fact]
    public void Dockerfile_BeforeItRestores_HasEveryProjectOfTheProduct()
    {
        var projects = new List<string> { "src/Web/Web.csproj" };
        for (var i = 0; i < projects.Count; i++)
            projects.AddRange(References(projects[i]).Except(projects).ToArray());
        projects.Count.ShouldBeGreaterThan(3);
        foreach (var project in projects)
            Copies.ShouldContain(project);
    }

    [Fact]
    public void Dockerfile_ToolsThatReleasesAreMadeWith_AreThoseOfTheOtherScripts()
    {
        var needed = Regex.Match(RepositoryFiles.Read("scripts/need.sh"), "(?<=^    need )python3-.+$", RegexOptions.Multiline).Value.Split(' ');
        needed.Length.ShouldBeGreaterThan(5);
        var installed = RepositoryFiles.Read("Dockerfile").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var package in needed.Append("git"))
            installed.ShouldContain(package);
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Parse(RepositoryFiles.Read(project)).Descendants("ProjectReference")
            .Select(reference => Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value))
            .Select(path => Path.GetRelativePath(RepositoryFiles.Root, Path.GetFullPath(path)));
}
