using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Access;

/// <summary>
/// Every action that takes an actor, called by everybody: what event handlers, the API and the command line all go through. They
/// are found by reflection; a new one fails until it says what it needs, and until it does what it says.
/// </summary>
public sealed class ActionAccessTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    [Fact]
    public void Action_OfAnyKind_SaysWhatItNeeds()
    {
        Actions().Where(action => action.GetCustomAttribute<NeedsAttribute>() is null && !action.IsDefined(typeof(SignedInAttribute)))
            .Select(Name).ShouldBeEmpty();
        Actions().Count().ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task Action_OfAnyKind_RefusesWhomTheTableRefuses()
    {
        var wrong = new List<string>();
        foreach (var action in Actions())
        {
            if (action.GetCustomAttribute<NeedsAttribute>() is not { } needs)
                continue;
            foreach (var person in AccessPerson.Everybody)
            {
                var expected = person.Ask(needs.Permission, IsInProject(action));
                var outcome = await CallAsync(action, await world.ActorOfAsync(person));
                if (Refused(outcome, needs.Permission) != (expected != Answer.Allowed))
                    wrong.Add($"{Name(action)} by {person}: expected {expected}, was {outcome?.Refusal} {outcome?.Message}");
            }
        }
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public async Task Action_ThatPublishesOrGivesPower_AsksForAFreshProof()
    {
        var asked = 0;
        foreach (var action in Actions())
        {
            // Where people do it to what is their own as well, the proof is asked for by what it is, not by the table.
            if (action.GetCustomAttribute<NeedsAttribute>() is not { OrOwn: false } needs || !AccessTable.Of(needs.Permission).Confirmed || action.Name == "CreateAsync" && action.DeclaringType!.Name == "DraftStore")
                continue;
            foreach (var person in AccessPerson.Everybody.Where(person => person.Ask(needs.Permission, IsInProject(action)) == Answer.Allowed))
            {
                var outcome = await CallAsync(action, await world.ActorOfAsync(person) with { IsConfirmed = false });
                outcome.ShouldNotBeNull($"{Name(action)} by {person}").Refusal.ShouldBe(Refusal.ConfirmationNeeded, $"{Name(action)} by {person}");
                asked++;
            }
        }
        asked.ShouldBeGreaterThan(15);
    }

    private static IEnumerable<MethodInfo> Actions() => typeof(AccountQueries).Assembly.GetTypes()
        .Where(type => type is { IsPublic: true, IsClass: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor)) && method.ReturnType.IsAssignableTo(typeof(Task)));

    private static bool IsInProject(MethodInfo action) =>
        action.GetParameters().Any(parameter => parameter.Name is "projectId" or "releaseId" or "one" or "freezeId" || parameter.ParameterType == typeof(StartRequest) || parameter.ParameterType == typeof(NewFreeze) || parameter.ParameterType == typeof(ChannelOwner)) || action.DeclaringType == typeof(UpdateProject);

    // A refusal of the table, not one of the action's own rules, such as "only an optional step can be left out".
    private static bool Refused(ActionResult? outcome, Permission permission) => outcome is not null && outcome.Refusal switch
    {
        Refusal.NotAllowed => outcome.Message.StartsWith(AccessTable.Of(permission).Means, StringComparison.Ordinal),
        Refusal.NotFound => outcome.Message is "There is no such release." or "There is no such project." or "There is no such session." or "There is no such freeze.",
        _ => false,
    };

    private async Task<ActionResult?> CallAsync(MethodInfo action, Actor actor)
    {
        // What an earlier call ended is there again for this one.
        if (action.DeclaringType == typeof(Sessions))
            await world.RenewOtherSessionAsync();
        var service = world.Dashboard.Get<IServiceProvider>().GetRequiredService(action.DeclaringType!);
        var arguments = action.GetParameters().Select(parameter => Argument(action, parameter, actor)).ToArray();
        var task = (Task)action.Invoke(service, arguments)!;
        await task;
        return Read(task.GetType().GetProperty("Result")!.GetValue(task), action);
    }

    /// <summary>The refusal inside whatever an action answers; null when it was done.</summary>
    private static ActionResult? Read(object? answer, MethodInfo action) => answer switch
    {
        ActionResult { IsDone: true } => null,
        ActionResult refused => refused,
        System.Runtime.CompilerServices.ITuple tuple => Read(tuple[1], action),
        // A reading answers with nothing to whom nothing is shown.
        null => ActionResult.Refused(Refusal.NotFound, "There is no such project."),
        System.Collections.ICollection { Count: 0 } => ActionResult.Refused(Refusal.NotFound, "There is no such session."),
        _ when answer.GetType().GetProperty("Error") is { } error => (ActionResult?)error.GetValue(answer),
        _ => null,
    };

    private object? Argument(MethodInfo action, ParameterInfo parameter, Actor actor)
    {
        var type = parameter.ParameterType;
        if (type == typeof(Actor))
            return actor;
        if (type == typeof(CancellationToken))
            return CancellationToken.None;
        if (type == typeof(Guid))
            return Id(action, parameter.Name!);
        if (type == typeof(string))
            return Text(parameter.Name!);
        if (type == typeof(StartRequest))
            return new StartRequest(world.Project, "no version", "wrapper", new string('a', 40), null, "");
        if (type == typeof(SecretEntry))
            return new SecretEntry("no-such-secret", "value", null, []);
        if (type == typeof(NewFreeze))
            return new NewFreeze(world.Project, "");
        if (type == typeof(NewComment))
            return new NewComment("");
        if (type == typeof(ChannelOwner))
            return new ChannelOwner.Project(world.Project, "");
        if (type == typeof(ChannelDraft))
            return new ChannelDraft();
        if (type == typeof(HistoryFilter))
            return new HistoryFilter();
        if (type == typeof(int))
            return 0;
        if (type == typeof(TokenRequest))
            return new TokenRequest(world.Other.Name, "theirs", Roles.Viewer, TimeSpan.FromDays(1));
        if (type == typeof(Core.Projects.ProjectSettings))
            return new Core.Projects.ProjectSettings { GitUrl = "", WebUrl = "", Package = "", VersionFile = "" };
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return new Dictionary<string, string>();
        if (type == typeof(Roles))
            return Roles.Viewer;
        if (type == typeof(Verdict) || type == typeof(bool) || type == typeof(long) || Nullable.GetUnderlyingType(type) is not null)
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
        if (parameter.HasDefaultValue)
            return parameter.DefaultValue;
        throw new NotSupportedException($"{Name(action)} takes a {type.Name} '{parameter.Name}': say here what to call it with.");
    }

    private Guid Id(MethodInfo action, string name) => (name, action.DeclaringType!.Name) switch
    {
        ("releaseId", _) or ("one", _) or ("other", _) => world.Release,
        ("freezeId", _) => world.Freeze,
        ("id", nameof(ChannelActions)) or ("id", nameof(EmailConfirmations)) or ("id", nameof(ChannelTest)) => Guid.Empty,
        ("projectId", _) or ("id", nameof(UpdateProject)) => world.Project,
        ("userId", _) => world.Other.Id,
        ("sessionId", _) => world.OtherSession,
        ("id", nameof(ApiTokens)) => world.OtherToken,
        _ => throw new NotSupportedException($"{Name(action)} takes an id '{name}': say here whose."),
    };

    // Nothing that an action would really do: whoever is let in is stopped by the action's own rules, after the table's.
    private string Text(string name) => name switch
    {
        "key" => world.Step,
        "name" or "owner" or "person" => world.Other.Name,
        "group" => "there-is-none",
        _ => "",
    };

    private static string Name(MethodInfo action) => $"{action.DeclaringType!.Name}.{action.Name}";
}
