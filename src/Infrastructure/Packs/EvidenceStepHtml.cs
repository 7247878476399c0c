using System.Globalization;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>One step of the pack's page.</summary>
internal static class EvidenceStepHtml
{
    public static void Write(HtmlWriter page, PackStep step)
    {
        page.Raw("<section><h3>").Text(step.Title).Raw(" <span class=\"state\">").Text(step.Status).Raw("</span></h3><p class=\"sub\"><code>").Text(step.Key).Raw("</code> · ").Text(step.Kind);
        if (step.StartedAt is { } begun)
            page.Text($" · {HtmlWriter.Time(begun)}{(step.FinishedAt is { } ended ? $" to {HtmlWriter.Time(ended)}" : "")}");
        page.Raw("</p><dl>").Fact("Because", step.Reason).Fact("Settled by", step.SettledBy).Fact("Evidence, SHA-256", step.EvidenceDigest, isCode: true).Raw("</dl>");
        Evidence(page, step.Evidence);
        List(page, "Ticked", step.Ticks, tick => $"{tick.Item}: {tick.By}, {HtmlWriter.Time(tick.At)}");
        List(page, "Asked to approve", step.Requests, request => $"evidence {request.EvidenceDigest}, {HtmlWriter.Time(request.AskedAt)}{(request.Outcome is { } outcome ? $": {HtmlWriter.Words(outcome)}" : "")}");
        foreach (var request in step.Requests.Where(request => request.Changes.Count > 0))
            Changes(page, request);
        List(page, "Decisions", step.Decisions, decision =>
            $"{decision.By}: {HtmlWriter.Words(decision.Verdict)}, evidence {decision.EvidenceDigest}, {HtmlWriter.Time(decision.At)}{(decision.As.Count > 0 ? $", for {string.Join(", ", decision.As)}" : "")}{(string.IsNullOrEmpty(decision.Comment) ? "" : $": {decision.Comment}")}");
        List(page, "Comments", step.Comments, comment =>
            $"{comment.By}, {HtmlWriter.Time(comment.At)}{(comment.IsQuestion ? ", a question" : "")}{(comment.Answers is { } asked ? $", answering {asked.By} of {HtmlWriter.Time(asked.At)}" : "")}: {comment.Text}");
        List(page, "Attempts", step.Attempts, attempt =>
            string.Create(CultureInfo.InvariantCulture, $"{attempt.Number}. {(attempt.Outcome is { } outcome ? HtmlWriter.Words(outcome) : "under way")} on {attempt.Worker}, {HtmlWriter.Time(attempt.StartedAt)}{(attempt.Error is { } error ? $": {error.What}" : "")}"));
        if (step.Error is { } fault)
            page.Raw("<p class=\"warn\">").Text($"{fault.What} {fault.Why}").Raw("</p>");
        if (step.Commands.Count > 0)
            page.Raw("<details open><summary>").Text(step.StartedAt is null ? "Commands as planned" : "Commands").Raw("</summary><pre tabindex=\"0\">").Text(string.Join('\n', step.Commands)).Raw("</pre></details>");
        page.Raw("</section>");
    }

    private static void Changes(HtmlWriter page, PackRequest request)
    {
        page.Raw("<h4>").Text($"What was different after {HtmlWriter.Time(request.AskedAt)}").Raw("</h4><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"What was different\"><table><thead><tr><th>Item</th><th>Was</th><th>Is</th></tr></thead><tbody>");
        foreach (var change in request.Changes)
            page.Raw("<tr><th scope=\"row\">").Text(change.Item).Raw("</th><td><code>").Text(change.Before ?? "not there").Raw("</code></td><td><code>").Text(change.After ?? "gone").Raw("</code></td></tr>");
        page.Raw("</tbody></table></div>");
    }

    private static void Evidence(HtmlWriter page, IReadOnlyList<EvidenceItem> items)
    {
        if (items.Count == 0)
            return;
        page.Raw("<table class=\"evidence\"><tbody>");
        foreach (var item in items)
        {
            page.Raw("<tr><th scope=\"row\">").Text(item.Name).Raw("</th><td><code>").Text(item.Value).Raw("</code>");
            if (item.Instead is { } instead)
                page.Raw("<br><small>").Text($"given by hand instead of {instead}").Raw("</small>");
            // A link is shown as text: what it leads to may have changed since, and the file needs nothing from outside.
            if (item.Url is { } url && url != item.Value)
                page.Raw("<br><small>").Text(url).Raw("</small>");
            page.Raw("</td></tr>");
        }
        page.Raw("</tbody></table>");
    }

    private static void List<T>(HtmlWriter page, string title, IReadOnlyList<T> items, Func<T, string> line)
    {
        if (items.Count == 0)
            return;
        page.Raw("<h4>").Text(title).Raw("</h4><ul>");
        foreach (var item in items)
            page.Raw("<li>").Text(line(item)).Raw("</li>");
        page.Raw("</ul>");
    }
}
