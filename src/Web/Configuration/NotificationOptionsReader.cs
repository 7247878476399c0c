using System.Globalization;
using ReleaseDashboard.Infrastructure.Notifications;

namespace ReleaseDashboard.Web.Configuration;

/// <summary>Reads <c>PublicUrl</c>, <c>Mail</c> and <c>Notifications</c>.</summary>
internal sealed class NotificationOptionsReader(Func<string, string?> text, Func<string, bool> flag, Func<string, Uri?> address, List<string> faults)
{
    public NotificationOptions Read()
    {
        var usual = new NotificationOptions();
        var (publicUrl, mail) = (address("PublicUrl"), Mail());
        // A path without a host leads nowhere from a mailbox.
        if (mail is not null && text("PublicUrl") is null)
            faults.Add("PublicUrl is missing; with Mail:Host set, links in messages need the address under which people reach the dashboard.");
        return usual with
        {
            PublicUrl = publicUrl,
            Mail = mail,
            AllowLocalAddresses = flag("Notifications:AllowLocalAddresses"),
            Together = text("Notifications:TogetherSeconds") is null ? usual.Together : TimeSpan.FromSeconds(Number("Notifications:TogetherSeconds", 20, 0, 3600)),
        };
    }

    private MailOptions? Mail()
    {
        if (text("Mail:Host") is not { } host)
            return null;
        var security = Security();
        var port = Number("Mail:Port", security switch { MailSecurity.Tls => 465, MailSecurity.StartTls => 587, _ => 25 }, 1, 65535);
        var from = text("Mail:From") ?? "";
        if (from.Count(c => c == '@') != 1 || from.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' || c > 126))
            faults.Add($"Mail:From is '{from}'; the sender looks like releases@example.org.");
        var (user, password) = (text("Mail:User"), text("Mail:Password") ?? FromFile());
        if (user is null != password is null)
            faults.Add($"Mail:{(user is null ? "User" : "Password")} is missing; a mail server that asks for one needs both.");
        if (user is not null && security == MailSecurity.None)
            faults.Add("Mail:Security is none, but Mail:User is set; a password is never sent unprotected.");
        var authority = text("Mail:CertificateAuthority");
        if (authority is not null && !File.Exists(authority))
            faults.Add($"Mail:CertificateAuthority is '{authority}'; there is no such file.");
        return new MailOptions(host, port, security, from) { User = user, Password = password, CertificateAuthority = authority };
    }

    // A file suits containers, where the environment can be read by whoever may look at the container.
    private string? FromFile()
    {
        if (text("Mail:PasswordFile") is not { } file)
            return null;
        if (File.Exists(file))
            return File.ReadAllText(file).Trim();
        faults.Add($"Mail:PasswordFile is '{file}'; there is no such file.");
        return null;
    }

    private MailSecurity Security()
    {
        switch (text("Mail:Security")?.ToLowerInvariant())
        {
            case null or "starttls":
                return MailSecurity.StartTls;
            case "tls":
                return MailSecurity.Tls;
            case "none":
                return MailSecurity.None;
            default:
                faults.Add($"Mail:Security is '{text("Mail:Security")}'; it can be starttls, tls or none.");
                return MailSecurity.StartTls;
        }
    }

    private int Number(string key, int usual, int least, int most)
    {
        if (text(key) is not { } given)
            return usual;
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        faults.Add($"{key} is '{given}'; it is a number from {least} to {most}.");
        return usual;
    }
}
