using ReleaseDashboard.Infrastructure.Projects.Proposals;

namespace ReleaseDashboard.Infrastructure.Tests.Projects;

public sealed class RepositoryAddressTests
{
    [Theory]
    [InlineData("octo/hello")]
    [InlineData(" https://github.com/octo/hello ")]
    [InlineData("https://github.com/octo/hello.git")]
    [InlineData("https://www.github.com/octo/hello/tree/dev")]
    [InlineData("github.com/octo/hello")]
    [InlineData("git@github.com:octo/hello.git")]
    [InlineData("ssh://git@github.com/octo/hello.git")]
    public void TryParse_WhatPeoplePaste_IsTheRepository(string text)
    {
        RepositoryAddress.TryParse(text, out var address).ShouldBeTrue();
        address.Repository.ToString().ShouldBe("octo/hello");
        (address.GitUrl, address.WebUrl, address.Api).ShouldBe(("https://github.com/octo/hello.git", "https://github.com/octo/hello", "https://api.github.com/"));
    }

    [Fact]
    public void TryParse_ServerOfACompany_KeepsItsHost()
    {
        RepositoryAddress.TryParse("https://git.example:8443/octo/hello", out var address).ShouldBeTrue();
        (address.GitUrl, address.Api).ShouldBe(("https://git.example:8443/octo/hello.git", "https://git.example:8443/api/v3/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("a/b/c")]
    [InlineData("https://github.com/octo")]
    [InlineData("https://user:word@github.com/octo/hello")]
    [InlineData("file:///srv/octo/hello")]
    [InlineData("octo/he llo")]
    public void TryParse_AnythingElse_IsRefused(string text) => RepositoryAddress.TryParse(text, out _).ShouldBeFalse();
}
