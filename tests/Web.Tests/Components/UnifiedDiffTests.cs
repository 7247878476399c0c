using ReleaseDashboard.Web.Components.Diff;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Parse_ChangeRenameNewAndBinary_KeepsNumbersAndNames()
    {
        var files = UnifiedDiff.Parse("""
            diff --git a/docs/a.md b/docs/a.md
            index 1..2 100644
            --- a/docs/a.md
            +++ b/docs/a.md
            @@ -3,2 +3,3 @@ heading
             same
            --- old rule
            +++ new rule
            +added
            \ No newline at end of file
            diff --git a/old.py b/new.py
            similarity index 100%
            rename from old.py
            rename to new.py
            diff --git a/fresh.txt b/fresh.txt
            new file mode 100644
            --- /dev/null
            +++ b/fresh.txt
            @@ -0,0 +1 @@
            +first
            diff --git a/logo.png b/logo.png
            Binary files a/logo.png and b/logo.png differ

            """);

        files.Select(file => (file.Path, file.OldPath, file.IsBinary, file.Added, file.Removed)).ShouldBe(
            [("docs/a.md", null, false, 2, 1), ("new.py", "old.py", false, 0, 0), ("fresh.txt", null, false, 1, 0), ("logo.png", null, true, 0, 0)]);
        // Lines that begin like a header are text inside a hunk.
        files[0].Hunks[0].Lines.Select(line => (line.OldNumber, line.NewNumber, line.Text)).ShouldBe(
            [(3, 3, "same"), (4, null, "-- old rule"), (null, 4, "++ new rule"), (null, 5, "added")]);
        files[2].Hunks[0].Lines.ShouldHaveSingleItem().NewNumber.ShouldBe(1);
    }
}
