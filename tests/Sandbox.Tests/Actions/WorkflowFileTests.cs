using ReleaseDashboard.Sandbox.GitHub.Actions.Files;

namespace ReleaseDashboard.Sandbox.Tests.Actions;

public sealed class WorkflowFileTests
{
    [Theory]
    [InlineData("main", "main", true)]
    [InlineData("releases/**", "releases/1/x", true)]
    [InlineData("releases/*", "releases/1/x", false)]
    [InlineData("[0-9]+.[0-9]+.[0-9]+", "1.2.10", true)]
    [InlineData("[0-9]+.[0-9]+.[0-9]+", "v1.2.10", false)]
    [InlineData("v[12]?.x", "v.x", true)]
    [InlineData("v[12].x", "v1yx", false)]
    public void Patterns_AgainstAName_MatchAsGitHubDoes(string pattern, string name, bool matches) => RefPatterns.Match([pattern], name).ShouldBe(matches);

    [Fact]
    public void Patterns_WithAnExclamationMark_TakeBack() => RefPatterns.Match(["*", "!v*"], "v1").ShouldBeFalse();

    [Theory]
    [InlineData("on: push", "refs/heads/a", true)]
    [InlineData("on: push", "refs/tags/a", true)]
    [InlineData("on: {push: {tags: ['*']}}", "refs/heads/a", false)]
    [InlineData("on: {push: {branches: [a]}}", "refs/tags/a", false)]
    [InlineData("on: [pull_request]", "refs/tags/a", false)]
    public void Push_ToARef_StartsWhatNamesIt(string on, string reference, bool starts)
    {
        var (file, fault) = WorkflowReader.Read("w.yml", on + "\njobs: {a: {steps: []}}");

        fault.ShouldBeNull();
        (file!.Triggers.Push?.Takes(reference) == true).ShouldBe(starts);
    }

    [Fact]
    public void Matrix_WithIncludeAndExclude_GivesGitHubsCombinations()
    {
        var (file, _) = WorkflowReader.Read("w.yml", """
            on: push
            jobs:
              a:
                strategy:
                  matrix:
                    os: [linux, mac]
                    version: [1, 2]
                    exclude:
                      - {os: mac, version: 1}
                    include:
                      - {os: linux, extra: yes}
                      - {os: windows}
            """);

        file!.Jobs[0].Matrix.Select(made => string.Join(' ', made.Select(pair => $"{pair.Key}={pair.Value}"))).ShouldBe(
            ["os=linux version=1 extra=yes", "os=linux version=2 extra=yes", "os=mac version=2", "os=windows"]);
    }

    [Theory]
    [InlineData("a ${{ inputs.tag || github.ref_name }}", "a main")]
    [InlineData("${{ github.ref_name == 'main' }}", "true")]
    [InlineData("${{ github.ref_name != 'main' }} ${{ unknown.name }}", "false ")]
    [InlineData("${{ 'it''s' }}", "it's")]
    public void Expression_OfAFact_IsItsValue(string text, string value) =>
        WorkflowExpressions.Expand(text, new Dictionary<string, string> { ["github.ref_name"] = "main" }).ShouldBe(value);

    [Theory]
    [InlineData("on: push")]
    [InlineData("jobs: {a: {steps: []}}")]
    [InlineData("on: push\njobs: {a: {needs: b, steps: []}}")]
    [InlineData("on: [push\njobs:")]
    [InlineData("on: push\njobs: {a: []}")]
    public void Read_WhatIsNoWorkflow_SaysWhy(string text)
    {
        var (file, fault) = WorkflowReader.Read("w.yml", text);

        file.ShouldBeNull();
        fault.ShouldNotBeNullOrEmpty();
    }
}
