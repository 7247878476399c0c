namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Settings given to every git command, so that neither the machine's nor a repository's configuration runs anything.</summary>
internal static class GitSettings
{
    private static readonly (string Key, string Value)[] Fixed =
    [
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("core.quotePath", "false"),
        ("core.autocrlf", "false"),
        ("credential.helper", ""),
        ("core.askPass", ""),
        ("protocol.allow", "never"),
        ("protocol.https.allow", "always"),
        ("protocol.http.allow", "always"),
        ("submodule.recurse", "false"),
        ("fetch.recurseSubmodules", "false"),
        ("push.recurseSubmodules", "no"),
        ("push.followTags", "false"),
        ("commit.gpgSign", "false"),
        ("tag.gpgSign", "false"),
        ("advice.detachedHead", "false"),
        ("init.defaultBranch", "main"),
        ("color.ui", "false"),
        ("diff.renames", "true"),
        ("gc.auto", "0"), // a background clean-up would outlive the step
        ("maintenance.auto", "false"),
    ];

    public static IEnumerable<string> Arguments(bool allowFile)
    {
        yield return "--no-pager";
        foreach (var (key, value) in Fixed)
        {
            yield return "-c";
            yield return $"{key}={value}";
        }

        if (!allowFile) yield break;
        yield return "-c";
        yield return "protocol.file.allow=always";
    }

    public static Dictionary<string, string> Variables(GitCredential? credential, IReadOnlyDictionary<string, string>? given)
    {
        var variables = new Dictionary<string, string>(given ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            ["LC_ALL"] = "C.UTF-8",
        };
        KeyValuePair<string, string>[] settings = [.. credential?.Settings() ?? []];
        variables["GIT_CONFIG_COUNT"] = settings.Length.ToString();
        for (var i = 0; i < settings.Length; i++)
        {
            variables[$"GIT_CONFIG_KEY_{i}"] = settings[i].Key;
            variables[$"GIT_CONFIG_VALUE_{i}"] = settings[i].Value;
        }

        return variables;
    }
}
