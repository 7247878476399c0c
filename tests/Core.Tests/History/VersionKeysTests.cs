using ReleaseDashboard.Core.History;

namespace ReleaseDashboard.Core.Tests.History;

public sealed class VersionKeysTests
{
    [Theory]
    [InlineData("1.2.0", "1", "1.2")]
    [InlineData("1.20.0", "1", "1.20")]
    [InlineData("1.2rc1", "1", "1.2")]
    [InlineData("2", "2", "2")]
    [InlineData("2026.11.3", "2026", "2026.11")]
    public void VersionKeys_AnyVersion_AreWholeParts(string version, string first, string second) => VersionKeys.Of(version).ShouldBe(new VersionKeys(first, second));
}
