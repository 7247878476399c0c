using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Sandbox.GitHub.Repositories;

/// <summary>An account in GitHub's words. The names in answers are spelled as GitHub documents them.</summary>
internal static class UserAnswer
{
    public static Dictionary<string, object?> Of(GitHubUrls urls, string login)
    {
        var persona = Personas.ByLogin(login);
        return Of(urls, login, persona?.Id ?? 1, persona is null ? "Organization" : "User");
    }

    public static Dictionary<string, object?> Full(GitHubUrls urls, Persona persona)
    {
        var answer = Of(urls, persona.Login);
        foreach (var (name, value) in (ReadOnlySpan<(string, object?)>)
        [
            ("name", persona.Name), ("company", null), ("blog", ""), ("location", null), ("email", persona.Email), ("hireable", null), ("bio", null),
            ("public_repos", 0), ("public_gists", 0), ("followers", 0), ("following", 0),
            ("created_at", "2020-01-01T00:00:00Z"), ("updated_at", "2020-01-01T00:00:00Z"),
        ])
        {
            answer[name] = value;
        }

        return answer;
    }

    private static Dictionary<string, object?> Of(GitHubUrls urls, string login, int id, string type)
    {
        var api = $"{urls.Api}/users/{login}";
        return new Dictionary<string, object?>
        {
            ["login"] = login,
            ["id"] = id,
            ["node_id"] = GitHubUrls.Node("User", id),
            ["avatar_url"] = $"{urls.Root}/avatars/{login}",
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = $"{urls.Root}/{login}",
            ["followers_url"] = api + "/followers",
            ["following_url"] = api + "/following{/other_user}",
            ["gists_url"] = api + "/gists{/gist_id}",
            ["starred_url"] = api + "/starred{/owner}{/repo}",
            ["subscriptions_url"] = api + "/subscriptions",
            ["organizations_url"] = api + "/orgs",
            ["repos_url"] = api + "/repos",
            ["events_url"] = api + "/events{/privacy}",
            ["received_events_url"] = api + "/received_events",
            ["type"] = type,
            ["site_admin"] = false,
        };
    }
}
