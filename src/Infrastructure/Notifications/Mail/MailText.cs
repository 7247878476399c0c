using System.Globalization;
using System.Net;
using System.Text;
using ReleaseDashboard.Infrastructure.Notifications.Sending;

namespace ReleaseDashboard.Infrastructure.Notifications.Mail;

/// <summary>Writes an e-mail: plain text and HTML side by side, in ASCII whatever people wrote (RFC 5322, 2045, 2047).</summary>
internal static class MailText
{
    /// <summary>The kind of a message that asks to confirm the address it goes to.</summary>
    public const string Confirmation = "address.confirm";

    private const int LongestSubject = 200;

    public static string Of(Parcel parcel, NotificationOptions options, string from, string to, DateTimeOffset now)
    {
        var boundary = $"part-{parcel.Id:N}";
        var host = from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append("\r\n");
        Line($"From: ReleaseDashboard <{from}>");
        Line($"To: <{to}>");
        Line($"Subject: {Subject(parcel.Summary)}");
        Line($"Date: {now.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000");
        // The same at every try, so that a mailbox can drop a repeat.
        Line($"Message-ID: <{parcel.Id:N}@{host}>");
        // Replies about one release stay together in mail programs.
        if (parcel.Messages[0].ReleaseId is { } release)
            Line($"References: <release-{release:N}@{host}>");
        Line("Auto-Submitted: auto-generated");
        Line("MIME-Version: 1.0");
        Line($"Content-Type: multipart/alternative; boundary=\"{boundary}\"");
        Line("");
        Part(text, boundary, "text/plain", Plain(parcel, options));
        Part(text, boundary, "text/html", Html(parcel, options));
        Line($"--{boundary}--");
        return text.ToString();
    }

    private static void Part(StringBuilder text, string boundary, string type, string content)
    {
        text.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        foreach (var line in Convert.ToBase64String(Encoding.UTF8.GetBytes(content)).Chunk(76))
            text.Append(line).Append("\r\n");
    }

    /// <summary>Encoded words of at most 75 characters, cut between characters. A line end in it would begin a header of somebody else's.</summary>
    internal static string Subject(string subject)
    {
        var clean = string.Concat(subject.Select(c => char.IsControl(c) ? ' ' : c));
        if (clean.Length > LongestSubject)
            clean = clean[..(char.IsHighSurrogate(clean[LongestSubject - 1]) ? LongestSubject - 1 : LongestSubject)] + "…";
        var words = new List<string>();
        var bytes = new List<byte>();
        foreach (var rune in clean.EnumerateRunes())
        {
            var next = Encoding.UTF8.GetBytes(rune.ToString());
            if (bytes.Count + next.Length > 45)
            {
                words.Add(Convert.ToBase64String([.. bytes]));
                bytes.Clear();
            }
            bytes.AddRange(next);
        }
        words.Add(Convert.ToBase64String([.. bytes]));
        return string.Join("\r\n ", words.Select(word => $"=?utf-8?B?{word}?="));
    }

    private static string Plain(Parcel parcel, NotificationOptions options)
    {
        var parts = parcel.Messages.Select(message => string.Join("\r\n", new[] { message.Headline, message.Text, options.Link(message.Path) }.Where(line => line.Length > 0)));
        return string.Join("\r\n\r\n", parts) + $"\r\n\r\n-- \r\n{Footer(parcel, options)}\r\n";
    }

    private static string Html(Parcel parcel, NotificationOptions options)
    {
        var body = new StringBuilder("<!doctype html><html><body style=\"margin:0;padding:24px;background:#f6f7f9;color:#161b26;font:15px/1.5 system-ui,sans-serif\"><div style=\"max-width:600px;margin:0 auto\">");
        foreach (var message in parcel.Messages)
        {
            body.Append("<div style=\"background:#ffffff;border:1px solid #dfe3ea;border-radius:10px;padding:18px 20px;margin:0 0 12px\"><b>").Append(WebUtility.HtmlEncode(message.Headline)).Append("</b>");
            if (message.Text.Length > 0)
                body.Append("<p style=\"margin:8px 0 0;color:#4a5468\">").Append(WebUtility.HtmlEncode(message.Text).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>");
            var link = WebUtility.HtmlEncode(options.Link(message.Path));
            body.Append("<p style=\"margin:14px 0 0\"><a style=\"background:#3b5bdb;color:#ffffff;padding:8px 14px;border-radius:6px;text-decoration:none;font-weight:600\" href=\"").Append(link).Append("\">").Append(WebUtility.HtmlEncode(Button(message))).Append("</a></p></div>");
        }
        return body.Append("<p style=\"color:#5b6476;font-size:13px\">").Append(WebUtility.HtmlEncode(Footer(parcel, options))).Append("</p></div></body></html>").ToString();
    }

    private static string Button(ChannelMessage message) => message.Event switch
    {
        Core.Notifications.NoticeKinds.ApprovalAsked or Core.Notifications.NoticeKinds.ApprovalReminded => "Review and decide",
        Core.Notifications.NoticeKinds.Question or Core.Notifications.NoticeKinds.Mention => "Read and answer",
        Core.Notifications.NoticeKinds.StepFailed or Core.Notifications.NoticeKinds.StepUnclear => "See what to do",
        Confirmation => "Confirm this address",
        _ => "Open",
    };

    // Whoever reads a confirmation may be a stranger, with no settings here.
    private static string Footer(Parcel parcel, NotificationOptions options) => parcel.Messages[0].Event == Confirmation
        ? "You did not expect this? Then do nothing: without that link nothing else is mailed to you."
        : $"You get this because of a channel of ReleaseDashboard. Change it at {options.Link(Core.Notifications.NoticePaths.MyChannels)}";
}
