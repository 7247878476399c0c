using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>A release that asks for one approval, and nothing else.</summary>
internal static class ReviewPlaybook
{
    public const string Text =
        """
        schema: 1
        name: people
        title: People only
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - { id: decide, title: Decide, kind: approval, inputs: { commit: 8c15f02e }, approval: { count: 1, role: reviewer, not_starter: true } }
        """;

    /// <summary>The project <c>hello</c> and a release of it by mia, once it waits for its approval.</summary>
    public static async Task<Guid> WaitingAsync(ApiTest test)
    {
        using (var added = await test.Maintainer.PostAsJsonAsync("projects", test.NewProject()))
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        using var started = await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "1.12.0", playbook = "people" });
        started.StatusCode.ShouldBe(HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await test.WaitForStepAsync(id, "decide", "waitingForPerson");
        return id;
    }
}
