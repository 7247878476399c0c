using System.Globalization;
using Npgsql;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Web.Configuration;

/// <summary>Reads the configuration and reports every fault at once, each naming the setting and its value.</summary>
public sealed class DashboardOptionsReader
{
    private readonly IConfiguration _configuration;
    private readonly List<string> _faults = [];

    private DashboardOptionsReader(IConfiguration configuration) => _configuration = configuration;

    /// <exception cref="ConfigurationException">Something cannot be used; all of it is in the exception.</exception>
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var reader = new DashboardOptionsReader(configuration);
        var options = reader.Read();
        return reader._faults.Count == 0 ? options : throw new ConfigurationException(reader._faults);
    }

    private DashboardOptions Read()
    {
        var isSandbox = Boolean("Sandbox:Enabled");
        return new DashboardOptions
        {
            DataFolder = Folder("Data", "data"),
            Postgres = Database(),
            PlaybookFolder = Playbooks(),
            Urls = Urls(),
            Proxies = TrustedProxies.Read(Text(TrustedProxies.Setting), _faults),
            IsSandbox = isSandbox,
            SandboxUrl = Address("Sandbox:Url", null),
            SandboxRegistries = new SandboxRegistryUrls(Address("Sandbox:PreproductionRegistryUrl", null), Address("Sandbox:ProductionRegistryUrl", null)),
            GitHubOAuth = GitHubOAuth(isSandbox),
            ConfirmFor = ConfirmFor(),
            Docker = Docker(),
            Audit = Audit(),
            Notifications = new NotificationOptionsReader(Text, Boolean, key => Address(key, null), _faults).Read(),
            CrashAt = CrashAt(isSandbox),
        };
    }

    private string? Text(string key) => _configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private bool Boolean(string key)
    {
        if (Text(key) is not { } text)
            return false;
        if (bool.TryParse(text, out var value))
            return value;
        _faults.Add($"{key} is '{text}'; it can be true or false.");
        return false;
    }

    private TimeSpan ConfirmFor()
    {
        const string key = "Security:ConfirmMinutes";
        if (Text(key) is not { } text)
            return TimeSpan.FromMinutes(10);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= 1440)
            return TimeSpan.FromMinutes(minutes);
        _faults.Add($"{key} is '{text}'; it can be 1 to 1440.");
        return TimeSpan.FromMinutes(10);
    }

    private string Folder(string key, string usual)
    {
        var path = Path.GetFullPath(Text(key) ?? usual);
        if (File.Exists(path))
            _faults.Add($"{key} is '{path}', which is a file; it has to be a folder.");
        return path;
    }

    private string Playbooks()
    {
        if (Text("Playbooks") is not { } given)
            return Path.Combine(AppContext.BaseDirectory, "playbooks");
        if (!Directory.Exists(given))
            _faults.Add($"Playbooks is '{given}'; there is no such folder.");
        return Path.GetFullPath(given);
    }

    private AuditOptions Audit()
    {
        var data = Path.GetFullPath(Text("Data") ?? "data");
        return new AuditOptions
        {
            KeyFolder = Path.Combine(data, "keys"),
            StateFolder = Path.Combine(data, "audit"),
            Origin = Origin(),
            Every = Duration("Audit:CheckpointEvery", TimeSpan.FromHours(1)),
            File = Text("Audit:CheckpointFile"),
            WebhookUrl = Address("Audit:CheckpointWebhook:Url", null),
            WebhookSecret = Text("Audit:CheckpointWebhook:Secret") ?? "",
        };
    }

    // It stands on a line of its own in a signed text.
    private string Origin()
    {
        var origin = Text("Audit:Origin") ?? "release-dashboard";
        if (origin.Any(char.IsControl))
            _faults.Add("Audit:Origin holds a line end or another control character; it is a name such as releases.example.org.");
        return origin;
    }

    private TimeSpan Duration(string key, TimeSpan usual)
    {
        if (Text(key) is not { } text)
            return usual;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.FromMinutes(1) && value <= TimeSpan.FromDays(1))
            return value;
        _faults.Add($"{key} is '{text}'; it can be from 00:01:00 (a minute) to 1.00:00:00 (a day).");
        return usual;
    }

    private EngineOptions Docker()
    {
        try
        {
            return EngineOptions.Read(Text, Environment.GetEnvironmentVariable);
        }
        catch (FormatException exception)
        {
            _faults.Add($"Docker:Host, Docker:Certificates or Docker:TlsVerify (or the docker client's variables): {exception.Message}");
            return new EngineOptions();
        }
    }

    private string? Database()
    {
        if (Text("Database") is not { } text)
            return null;
        try
        {
            if (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host))
                _faults.Add("Database names no Host; leave it empty for SQLite, or give a PostgreSQL connection string.");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The value itself may hold a password and is not repeated.
            _faults.Add($"Database is no PostgreSQL connection string: {exception.Message}");
        }
        return text;
    }

    private string[] Urls()
    {
        var urls = (Text("Urls") ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls)
        {
            // Kestrel takes * and + for every address; Uri does not.
            var plain = url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal);
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.AbsolutePath != "/")
                _faults.Add($"Urls holds '{url}'; an address looks like http://127.0.0.1:5080.");
        }
        return urls;
    }

    private Uri? Address(string key, string? usual)
    {
        if ((Text(key) ?? usual) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        _faults.Add($"{key} is '{text}'; an address looks like https://github.com.");
        return null;
    }

    private GitHubOAuthOptions? GitHubOAuth(bool isSandbox)
    {
        // The simulated GitHub takes any application, but its address must be known before it runs.
        var sandbox = isSandbox && Address("Sandbox:Url", null) is { Port: > 0 } at ? at.AbsoluteUri.TrimEnd('/') : null;
        if (isSandbox && sandbox is null)
            return null;
        var (id, secret) = (Text("GitHub:OAuth:ClientId") ?? (isSandbox ? "sandbox" : null), Text("GitHub:OAuth:ClientSecret") ?? (isSandbox ? "sandbox" : null));
        var authorization = Address("GitHub:OAuth:AuthorizationUrl", $"{sandbox ?? "https://github.com"}/login/oauth/authorize");
        var token = Address("GitHub:OAuth:TokenUrl", $"{sandbox ?? "https://github.com"}/login/oauth/access_token");
        var user = Address("GitHub:OAuth:UserUrl", sandbox is null ? "https://api.github.com/user" : $"{sandbox}/api/v3/user");
        if (id is null != secret is null)
            _faults.Add($"GitHub:OAuth:{(id is null ? "ClientId" : "ClientSecret")} is missing; sign-in through GitHub needs both the id and the secret.");
        return id is null || secret is null || authorization is null || token is null || user is null ? null : new GitHubOAuthOptions(id, secret, authorization, token, user);
    }

    private string? CrashAt(bool isSandbox)
    {
        var at = Text("Worker:CrashAt");
        if (at is not null && !isSandbox)
            _faults.Add($"Worker:CrashAt is '{at}'; only the sandbox may be told to crash.");
        return at;
    }
}
