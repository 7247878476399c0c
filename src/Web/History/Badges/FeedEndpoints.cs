using System.Globalization;
using System.Text;
using System.Xml;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.History.Badges;

/// <summary>Atom feeds (RFC 4287) of releases that are over: <c>/feeds/PROJECT.atom</c>, and <c>/feeds/all.atom</c> of all that the reader may see.</summary>
internal static class FeedEndpoints
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    // A feed without an entry still says when it changed last: never.
    private static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;

    public static void MapFeeds(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/feeds/{name}.atom", FeedAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> FeedAsync(
        string name, HttpContext http, ProjectBadges badges, CurrentActor current, ApiTokens tokens, SessionCheck check, CancellationToken cancellationToken)
    {
        var all = await badges.ProjectsAsync(cancellationToken);
        // A project may be called "all", and then its own feed is this one: who may see all of them sees it, too.
        var asked = name == "all" ? all : [.. all.Where(project => project.Name == name)];
        var isPublic = name != "all" && asked.Count > 0 && asked.All(project => project.Settings.PublicBadges);
        var reader = isPublic ? null : await OutsideReader.OfAsync(http, current, tokens, check);
        var seen = reader is null ? asked : [.. asked.Where(project => OutsideReader.MaySee(reader, project))];
        if (seen.Count == 0 && reader is not null && (name != "all" || (reader.Roles == Core.People.Roles.None && reader.ProjectRoles.Count == 0)))
            return OutsideReader.Refuse(http, reader);
        var releases = await badges.FeedAsync(seen, cancellationToken);
        return CachedText.Of(http, Text(http, name, releases), "application/atom+xml", isPublic);
    }

    private static string Text(HttpContext http, string name, IReadOnlyList<FeedRelease> releases)
    {
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("id", Atom, $"{root}/feeds/{Uri.EscapeDataString(name)}.atom");
            xml.WriteElementString("title", Atom, name == "all" ? "Releases" : $"Releases of {name}");
            xml.WriteElementString("updated", Atom, Time(releases.Count == 0 ? Never : releases[0].FinishedAt));
            Link(xml, "self", $"{root}/feeds/{Uri.EscapeDataString(name)}.atom", "application/atom+xml");
            Link(xml, "alternate", root + (name == "all" ? PageUrls.History : PageUrls.With(PageUrls.History, ("project", name))), "text/html");
            foreach (var release in releases)
                Entry(xml, root, release);
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    private static void Entry(XmlWriter xml, string root, FeedRelease release)
    {
        var outcome = release.IsPublished ? "published" : "aborted";
        xml.WriteStartElement("entry", Atom);
        // By its own id, so that it stays the same when the dashboard moves to another address.
        xml.WriteElementString("id", Atom, $"urn:uuid:{release.Id:D}");
        xml.WriteElementString("title", Atom, Clean($"{release.Project} {release.Version} {outcome}{(release.IsRehearsal ? " (rehearsal)" : "")}"));
        xml.WriteElementString("updated", Atom, Time(release.FinishedAt));
        xml.WriteElementString("published", Atom, Time(release.FinishedAt));
        Link(xml, "alternate", root + PageUrls.Release(release.Id), "text/html");
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, Clean(release.StartedBy));
        xml.WriteEndElement();
        xml.WriteElementString("summary", Atom, Clean($"{release.Project} {release.Version} was {outcome}; started by {release.StartedBy}.{(release.AbortReason is { } why ? $" {why}" : "")}"));
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // XML cannot hold control characters, not even escaped; a reason may have any.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? " " : rune.ToString()));

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
