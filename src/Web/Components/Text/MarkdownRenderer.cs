using Markdig;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseDashboard.Web.Components.Text;

/// <summary>Markdown that others wrote, as HTML that cannot run, load or submit anything.</summary>
public static class MarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().Build();

    public static string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            // An image would tell a stranger's server who reads: its text stays, as a link.
            link.IsImage = false;
            if (IsAllowed(link.GetDynamicUrl?.Invoke() ?? link.Url))
                link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
            else
                ReplaceByItsText(link);
        }

        foreach (var box in document.Descendants<TaskList>())
            box.GetAttributes().AddPropertyIfNotExist("aria-label", box.Checked ? "done" : "to do");
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsAllowed(link.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        return document.ToHtml(Pipeline);
    }

    private static bool IsAllowed(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto);

    private static void ReplaceByItsText(LinkInline link)
    {
        link.MoveChildrenAfter(link);
        link.Remove();
    }
}
