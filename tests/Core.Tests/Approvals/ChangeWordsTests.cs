using ReleaseDashboard.Core.Approvals;

namespace ReleaseDashboard.Core.Tests.Approvals;

public sealed class ChangeWordsTests
{
    private const string Long = "A sentence that is much longer than what fits into one line of a message to people.";

    [Theory]
    [InlineData("commit", "3e0e106aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a7941c6aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "commit was 3e0e106 and is a7941c6")]
    [InlineData("sha256", "1111111111112222222222222222222222222222222222222222222222222222", "3333333333334444444444444444444444444444444444444444444444444444", "sha256 was 111111111111 and is 333333333333")]
    [InlineData("1.2.0-amd64", "sha256:1111111111112222222222222222222222222222222222222222222222222222", null, "1.2.0-amd64 is gone")]
    [InlineData("file", "p-1.whl", "p-2.whl", "file was p-1.whl and is p-2.whl")]
    [InlineData("image_tags", null, "1.2.0", "image tags is new (1.2.0)")]
    [InlineData("checks", null, Long, "checks is new")]
    [InlineData("checks", "12 of 12", Long, "checks changed")]
    [InlineData("notes", "a", "b", "the notes were edited")]
    [InlineData("notes", null, "b", "the notes were written")]
    [InlineData("notes", "a", null, "the notes were removed")]
    public void Of_OneChange_IsAFewWords(string item, string? before, string? after, string words) => ChangeWords.Of(new EvidenceChange(item, before, after)).ShouldBe(words);

    // Digests that differ only behind what is shown must not be said to be the same.
    [Fact]
    public void Of_DigestsWithTheSameBeginning_SaysOnlyThatItChanged() =>
        ChangeWords.Of(new EvidenceChange("commit", new string('a', 40), new string('a', 39) + "b")).ShouldBe("commit changed");

    [Fact]
    public void Of_ManyChanges_NamesSomeAndCountsTheRest() =>
        ChangeWords.Of([.. Enumerable.Range(1, 5).Select(number => new EvidenceChange($"tag{number}", "a", "b"))]).ShouldBe("Tag1 was a and is b; tag2 was a and is b; tag3 was a and is b; and 2 more");

    [Fact]
    public void Of_NoChange_IsEmpty() => ChangeWords.Of([]).ShouldBe("");
}
