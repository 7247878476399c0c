using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Access;

/// <summary>Lists leave out what a person may not see.</summary>
public sealed class VisibilityTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    [Theory]
    [InlineData("viewer", true)]
    [InlineData("viewer-here", true)]
    [InlineData("all-elsewhere", false)]
    public async Task List_ForPerson_HoldsOnlyWhatThePersonMaySee(string name, bool sees)
    {
        using var api = world.Dashboard.OpenApi(world.TokenOf(Person(name)));
        foreach (var path in new[] { "projects", "releases", "releases?search=1.2.0", "audit?count=500" })
            (await api.GetStringAsync(path)).Contains(AccessWorld.Here, StringComparison.Ordinal).ShouldBe(sees, path);
        foreach (var page in new[] { "/", "/projects", "/releases", "/releases?q=1.2", "/audit" })
        {
            using var answer = await world.BrowserOf(Person(name)).GetAsync(page);
            (await answer.Content.ReadAsStringAsync()).Contains(AccessWorld.Here, StringComparison.Ordinal).ShouldBe(sees, page);
        }
    }

    [Fact]
    public async Task Audit_WithoutRoleEverywhere_HoldsNothingOfPeople()
    {
        using var api = world.Dashboard.OpenApi(world.TokenOf(Person("administrator-here")));
        var entries = await api.GetFromJsonAsync<JsonElement>("audit?count=500");
        entries.GetArrayLength().ShouldBeGreaterThan(0);
        entries.EnumerateArray().ShouldAllBe(entry => entry.GetProperty("project").GetString() == AccessWorld.Here);
    }

    private static AccessPerson Person(string name) => AccessPerson.Everybody.Single(person => person.Name == name);
}
