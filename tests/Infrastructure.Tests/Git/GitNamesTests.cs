using ReleaseDashboard.Core.Git;

namespace ReleaseDashboard.Infrastructure.Tests.Git;

public sealed class GitNamesTests
{
    [Theory]
    [InlineData("main")]
    [InlineData("release/1.2")]
    [InlineData("a@b")]
    [InlineData("ünicode")]
    public void Branch_GoodName_IsTaken(string name) => BranchName.Parse(name).Ref.Value.ShouldBe($"refs/heads/{name}");

    [Theory]
    [InlineData("")]
    [InlineData("-f")]
    [InlineData("--upload-pack=x")]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData("a~1")]
    [InlineData("a^")]
    [InlineData("a:b")]
    [InlineData("a?")]
    [InlineData("a*")]
    [InlineData("a[")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData(".a")]
    [InlineData("a/.b")]
    [InlineData("a.lock")]
    [InlineData("a.")]
    [InlineData("a@{1}")]
    [InlineData("@")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("HEAD")]
    public void Branch_BadName_IsRefusedWithAReason(string name)
    {
        BranchName.TryParse(name, out _, out var fault).ShouldBeFalse();
        fault.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("https://github.com/o/n.git")]
    [InlineData("http://127.0.0.1:8080/o/n.git")]
    public void Url_Web_IsTaken(string text) => RemoteUrl.Parse(text).Value.ShouldBe(text);

    [Theory]
    [InlineData("ext::sh -c id")]
    [InlineData("ext::sh%20id")]
    [InlineData("file:///etc")]
    [InlineData("/etc")]
    [InlineData("ssh://git@github.com/o/n.git")]
    [InlineData("git@github.com:o/n.git")]
    [InlineData("--upload-pack=touch")]
    [InlineData("https://token@github.com/o/n.git")]
    [InlineData("https://github.com/o/n.git\n")]
    [InlineData("https:github.com/o")]
    [InlineData("")]
    public void Url_Other_IsRefused(string text) => RemoteUrl.TryParse(text, allowFile: false, out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("g123456789012345678901234567890123456789")]
    public void Sha_Bad_IsRefused(string text) => CommitSha.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Url_RelativeSubmodule_IsResolvedAgainstTheOuterOne()
    {
        RemoteUrl.Parse("https://github.com/o/n.git").TryResolve("../other.git", allowFile: false, out var url, out _).ShouldBeTrue();
        url!.Value.ShouldBe("https://github.com/o/other.git");
    }
}
