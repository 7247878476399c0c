using System.Globalization;
using System.Net;
using System.Text;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>Writes HTML. Every value from outside goes through <see cref="Text"/>.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder page = new();

    /// <summary>Markup of this program, as it is.</summary>
    public HtmlWriter Raw(string markup)
    {
        page.Append(markup);
        return this;
    }

    /// <summary>A value, encoded.</summary>
    public HtmlWriter Text(string? value)
    {
        page.Append(WebUtility.HtmlEncode(value));
        return this;
    }

    /// <summary>A line of a description list; none when there is no value.</summary>
    public HtmlWriter Fact(string name, string? value, bool isCode = false)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        Raw("<div><dt>").Text(name).Raw(isCode ? "</dt><dd><code>" : "</dt><dd>").Text(value);
        return Raw(isCode ? "</code></dd></div>" : "</dd></div>");
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The name of an outcome as words: <c>AlreadyDone</c> is "already done".</summary>
    public static string Words(string name) => string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? $"{(at > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));

    public override string ToString() => page.ToString();
}
