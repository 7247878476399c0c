using System.Globalization;
using System.Text;

namespace ReleaseDashboard.Sandbox.Demo;

/// <summary>Writes a demo repository as the input of <c>git fast-import</c>: one process makes all commits, with fixed dates and ids.</summary>
internal static class FastImport
{
    /// <param name="pinned">Commit of each pin's id.</param>
    internal static string Stream(DemoRepository repository, IReadOnlyDictionary<string, string> pinned)
    {
        var text = new StringBuilder();
        var history = repository.History;
        var released = 1; // mark of the release branch's newest commit; marks count from 1
        for (var mark = 1; mark <= repository.States.Count; mark++)
        {
            var state = repository.States[mark - 1];
            var isRelease = state.Commit.Release is not null;
            var person = $"{history.Authors[state.Commit.By]} {state.Commit.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} +0000";
            text.Append($"commit refs/heads/{history.Branch}\nmark :{mark}\nauthor {person}\ncommitter {person}\n");
            Data(text, isRelease
                ? $"Release {state.Commit.Release}\n\nMerges {history.Branch} into {history.ReleaseBranch}.\n"
                : state.Commit.Subject + "\n");
            if (mark > 1)
                text.Append($"from :{(isRelease ? released : mark - 1)}\n");
            if (isRelease)
                text.Append($"merge :{mark - 1}\n");
            Tree(text, state, pinned);
            if (!isRelease)
                continue;
            released = mark;
            text.Append($"tag {state.Commit.Release}\nfrom :{mark}\ntagger {person}\n");
            Data(text, $"Release {state.Commit.Release}\n");
        }

        if (history.ReleaseBranch is { } branch)
            text.Append($"reset refs/heads/{branch}\nfrom :{released}\n\n");
        return text.Append("done\n").ToString();
    }

    private static void Tree(StringBuilder text, DemoState state, IReadOnlyDictionary<string, string> pinned)
    {
        text.Append("deleteall\n");
        foreach (var (path, content) in state.Files)
        {
            text.Append($"M 100644 inline {path}\n");
            Data(text, content);
        }

        foreach (var (path, id) in state.Pins)
            text.Append($"M 160000 {pinned[id]} {path}\n");
        text.Append('\n');
    }

    private static void Data(StringBuilder text, string content) =>
        text.Append($"data {Encoding.UTF8.GetByteCount(content)}\n{content}\n");
}
