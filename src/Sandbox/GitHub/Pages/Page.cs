using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.GitHub.Pages;

/// <summary>A small page, built from top to bottom. Every text is encoded here.</summary>
internal sealed class Page(string title)
{
    private readonly StringBuilder body = new();

    public Page Link(string text, string? address)
    {
        body.Append(address is null ? $"<p>{Encode(text)}</p>" : $"<p><a href=\"{Encode(address)}\">{Encode(text)}</a></p>");
        return this;
    }

    public Page Text(string text)
    {
        body.Append($"<p>{Encode(text)}</p>");
        return this;
    }

    public Page Block(string? text)
    {
        if (text is { Length: > 0 })
            body.Append($"<pre>{Encode(text)}</pre>");
        return this;
    }

    public Page List(string heading, IEnumerable<(string Text, string? Address)> items)
    {
        body.Append($"<h2>{Encode(heading)}</h2><ul>");
        foreach (var (text, address) in items)
            body.Append(address is null ? $"<li>{Encode(text)}</li>" : $"<li><a href=\"{Encode(address)}\">{Encode(text)}</a></li>");
        body.Append("</ul>");
        return this;
    }

    /// <summary>A form with one button for each choice; the pressed one is sent as <c>choice</c>.</summary>
    public Page Buttons(string address, IReadOnlyList<(string Choice, string Label)> choices)
    {
        body.Append($"<form method=\"post\" action=\"{Encode(address)}\">");
        foreach (var (choice, label) in choices)
            body.Append($"<button name=\"choice\" value=\"{Encode(choice)}\">{Encode(label)}</button> ");
        body.Append("</form>");
        return this;
    }

    public IResult Answer() => Results.Content(
        $$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{Encode(title)}}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}
        pre{overflow-x:auto;font:13px/1.5 ui-monospace,monospace}</style></head>
        <body><main><h1>{{Encode(title)}}</h1>{{body}}</main></body></html>
        """,
        "text/html; charset=utf-8");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
