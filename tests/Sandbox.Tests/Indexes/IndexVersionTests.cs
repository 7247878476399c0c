using ReleaseDashboard.Sandbox.Indexes;

namespace ReleaseDashboard.Sandbox.Tests.Indexes;

public sealed class IndexVersionTests
{
    [Fact]
    public void Order_OfOneRelease_IsThatOfPep440()
    {
        string[] ordered =
        [
            "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2", "1.0b2.post345.dev456",
            "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5", "1.0.post456.dev34", "1.0.post456",
            "1.0.15", "1.1.dev1", "1!0.5",
        ];
        var versions = ordered.Select(text => IndexVersion.TryParse(text)!).ToList();

        for (var i = 1; i < versions.Count; i++)
            versions[i].ComparedTo(versions[i - 1]).ShouldBePositive($"{ordered[i]} is newer than {ordered[i - 1]}");
    }

    [Theory]
    [InlineData("1.0", "1.0.0")]
    [InlineData("v1.0-alpha.1", "1.0a1")]
    [InlineData("1.0-1", "1.0.post1")]
    [InlineData("1.0c2", "1.0rc2")]
    public void Compare_Spellings_AreEqual(string left, string right) =>
        IndexVersion.TryParse(left)!.ComparedTo(IndexVersion.TryParse(right)).ShouldBe(0);

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("1.0 beta gamma")]
    [InlineData("1..0")]
    [InlineData(null)]
    public void TryParse_NoVersion_IsNull(string? text) => IndexVersion.TryParse(text).ShouldBeNull();
}
