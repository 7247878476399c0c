using Deque.AxeCore.Commons;

namespace ReleaseDashboard.Browser.Tests;

public static class AxeAssertions
{
    /// <summary>Fails with each rule broken, and the elements and reasons behind it.</summary>
    public static void ShouldFindNothing(this AxeResult axe) =>
        axe.Violations.Select(found => $"{found.Id}: " + string.Join(" | ", found.Nodes.Take(4)
            .Select(node => node.Html + " " + string.Join(' ', node.Any.Select(check => check.Message))))).ShouldBeEmpty();
}
