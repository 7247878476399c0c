namespace ReleaseDashboard.Infrastructure.Changes;

/// <summary>Something changed; who cares reads it again. It carries no data, so it can be lost or doubled without harm.</summary>
public abstract record Change
{
    private Change() { }

    /// <summary>A release, or one of its steps.</summary>
    public sealed record Release(Guid Id) : Change;

    /// <summary>A release may be able to go on: workers look.</summary>
    public sealed record Wake(Guid ReleaseId) : Change;

    /// <summary>An attempt's log has grown.</summary>
    public sealed record Log(Guid AttemptId) : Change;

    /// <summary>The audit trail has grown.</summary>
    public sealed record Audit : Change;

    /// <summary>A project, its secrets or its drafts.</summary>
    public sealed record Project(Guid Id) : Change;

    /// <summary>A person's account: sessions are checked again.</summary>
    public sealed record User(Guid Id) : Change;

    /// <summary>What a person is told: notices, or the state of that person's channels.</summary>
    public sealed record Bell(Guid UserId) : Change;

    /// <summary>The text form that travels between processes.</summary>
    public string ToText() => this switch
    {
        Release release => $"release {release.Id:D}",
        Wake wake => $"wake {wake.ReleaseId:D}",
        Log log => $"log {log.AttemptId:D}",
        Audit => "audit",
        Project project => $"project {project.Id:D}",
        User user => $"user {user.Id:D}",
        Bell bell => $"bell {bell.UserId:D}",
        _ => throw new InvalidOperationException($"{GetType().Name} has no text form."),
    };

    /// <summary>Reads the text form; null for what another version of the product may have sent.</summary>
    public static Change? FromText(string text)
    {
        if (text == "audit")
            return new Audit();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !Guid.TryParseExact(text.AsSpan(space + 1), "D", out var id))
            return null;
        return text[..space] switch
        {
            "release" => new Release(id),
            "wake" => new Wake(id),
            "log" => new Log(id),
            "project" => new Project(id),
            "user" => new User(id),
            "bell" => new Bell(id),
            _ => null,
        };
    }
}
