using System.Globalization;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>
/// The pack as one file to read and to print: no script, nothing loaded from elsewhere. The JSON stands at its end, so that
/// the same file can be checked.
/// </summary>
public static class EvidenceHtml
{
    internal const string DataStart = "<pre id=\"evidence-data\" tabindex=\"0\">";

    public static string Write(EvidencePack pack)
    {
        var page = new HtmlWriter();
        var release = pack.Release;
        page.Raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>");
        page.Text($"Evidence: {release.Project} {release.Version}").Raw("</title><style>").Raw(EvidenceStyle.Css).Raw("</style></head><body><main>");
        page.Raw("<header><p class=\"kind\">Evidence of a release</p><h1>").Text(release.Project).Raw(" <span>").Text(release.Version).Raw("</span></h1><p class=\"lead\">");
        page.Text($"{Capital(release.Status)}{(release.IsRehearsal ? ", a rehearsal on simulated services" : "")}. As of {HtmlWriter.Time(pack.MadeAt)}.").Raw("</p></header>");
        Facts(page, release);
        foreach (var stage in pack.Stages)
        {
            page.Raw("<h2>").Text(stage.Title).Raw("</h2>");
            foreach (var step in stage.Steps)
                EvidenceStepHtml.Write(page, step);
        }
        Trail(page, pack);
        page.Raw("<h2>How to check this file</h2><ul class=\"how\">");
        foreach (var line in pack.HowToCheck)
            page.Raw("<li>").Text(line).Raw("</li>");
        page.Raw("</ul><details class=\"data\"><summary>The same as JSON, with every proof</summary>\n").Raw(DataStart).Text(EvidenceJson.Write(pack)).Raw("</pre></details></main></body></html>\n");
        return page.ToString();
    }

    private static void Facts(HtmlWriter page, PackRelease release)
    {
        page.Raw("<dl>");
        page.Fact("Repository", release.Repository).Fact("Last version", release.LastVersion).Fact("Started by", $"{release.StartedBy}, {HtmlWriter.Time(release.StartedAt)}")
            .Fact("Led by", release.Owner == release.StartedBy ? null : release.Owner).Fact("Finished", release.FinishedAt is { } end ? HtmlWriter.Time(end) : "not yet")
            .Fact("Ended because", release.AbortReason).Fact("Base commit", release.BaseCommit, isCode: true)
            .Fact("Playbook", string.Create(CultureInfo.InvariantCulture, $"{release.Playbook}, revision {release.PlaybookRevision}")).Fact("Playbook, SHA-256", release.PlaybookDigest, isCode: true)
            .Fact("Plan, SHA-256", release.PlanDigest, isCode: true).Fact("Release id", release.Id.ToString("D"), isCode: true);
        page.Raw("</dl>");
    }

    private static void Trail(HtmlWriter page, EvidencePack pack)
    {
        page.Raw("<h2>Audit entries</h2>");
        if (pack.Proof is { } proof)
            page.Raw("<p>Each of these entries is proved to be in the trail that this checkpoint was signed for; the proofs stand at the end of this file.</p><pre class=\"checkpoint\" tabindex=\"0\">").Text(proof.Checkpoint).Raw("</pre>");
        else
            page.Raw("<p class=\"warn\">No checkpoint could be signed, so these entries are not proved.</p>");
        page.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Audit entries\"><table><thead><tr><th>Entry</th><th>When (UTC)</th><th>Who</th><th>What</th><th>On</th><th>Hash</th></tr></thead><tbody>");
        foreach (var entry in pack.Audit)
        {
            page.Raw("<tr><td class=\"num\">").Text(entry.Sequence.ToString(CultureInfo.InvariantCulture)).Raw("</td><td>").Text(HtmlWriter.Time(DateTimeOffset.FromUnixTimeMilliseconds(entry.At)));
            page.Raw("</td><td>").Text(entry.ActorKind == "person" ? entry.ActorName : $"{entry.ActorName} ({entry.ActorKind})").Raw("</td><td><code>").Text(entry.Action).Raw("</code></td><td>").Text(entry.Subject);
            if (entry.Before is not null || entry.After is not null)
                page.Raw("<details><summary>Before and after</summary><pre>").Text($"{entry.Before ?? "nothing"}\n{entry.After ?? "nothing"}").Raw("</pre></details>");
            page.Raw("</td><td><code>").Text(entry.Hash[..Math.Min(16, entry.Hash.Length)]).Raw("…</code></td></tr>");
        }
        page.Raw("</tbody></table></div>");
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
