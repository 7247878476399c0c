namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>How this installation tells people.</summary>
public sealed record NotificationOptions
{
    /// <summary>Where people reach this dashboard, for links in messages; null leaves paths without a host.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The server that takes e-mail, or null when none is set up.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>Whether messages may go to this machine and its link: off, so that nobody reaches its inner services through a channel.</summary>
    public bool AllowLocalAddresses { get; init; }

    /// <summary>Notices for one channel that come this close together go as one message.</summary>
    public TimeSpan Together { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Waiting before each further try. After the last one the delivery is given up, and people are told so.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; init; } =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6),
    ];

    /// <summary>How long one try may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The link to a path of this dashboard.</summary>
    public string Link(string path) => PublicUrl is null ? path : PublicUrl.AbsoluteUri.TrimEnd('/') + path;
}

/// <summary>The server that takes e-mail.</summary>
/// <param name="Security">How the connection is protected. Credentials are never sent over one that is not.</param>
/// <param name="From">The sender's address.</param>
public sealed record MailOptions(string Host, int Port, MailSecurity Security, string From)
{
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>A PEM file of the authority that signed the server's certificate, for a private one; null for the system's.</summary>
    public string? CertificateAuthority { get; init; }

    // The generated text would print the password.
    public override string ToString() => $"{Host}:{Port} as {From}";
}

/// <summary>How the connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Plain at first, then upgraded; refused when the server does not offer it.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a relay on the same machine.</summary>
    None,
}
