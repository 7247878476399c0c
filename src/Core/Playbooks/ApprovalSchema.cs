using System.Text.Json.Nodes;
using static ReleaseDashboard.Core.Playbooks.PlaybookSchema;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>The part of the schema about who approves.</summary>
internal static class ApprovalSchema
{
    /// <summary>An item of <c>require</c>.</summary>
    public static JsonObject Signature() => OneOf(Closed(Signers()), "role", "group", "people");

    /// <summary>The rule of an approval step.</summary>
    public static JsonObject Rule() => OneOf(Closed(Keys()), "role", "group", "people", "require");

    /// <summary>As the rule, and what the approval is over: a stage has no inputs of its own.</summary>
    public static JsonObject StageRule()
    {
        var keys = Keys();
        keys["inputs"] = Ref("inputs " + StepKindDescription.Approval);
        return OneOf(Closed(keys), "role", "group", "people", "require");
    }

    private static JsonObject Keys()
    {
        var keys = Signers();
        keys["require"] = Described("Several kinds of signers, each of which must sign", new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = 10, ["items"] = Ref("signature") });
        keys["not_starter"] = Described("Whether the person who started the release is refused; true unless said", Flag());
        keys["not_author"] = Described("Whether authors of the released commits are refused", Flag());
        keys["same_person"] = Described("Whether one person may sign for several kinds of signers", Flag());
        keys["within"] = Described("How long people have to decide", Ref("duration"));
        keys["remind"] = Described("How often people are reminded", Ref("duration"));
        return keys;
    }

    private static JsonObject Signers() => new()
    {
        ["count"] = Described("How many different people", new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 20 }),
        ["role"] = Described("A role that each of them has in the project", new JsonObject { ["enum"] = Names(ApprovalRule.Roles) }),
        ["group"] = Described("A group that each of them is in", Ref("text")),
        ["people"] = Described("Sign-in names of those who may sign", ArrayOf("text", minimum: 1)),
    };

    private static JsonObject Flag() => new() { ["type"] = "boolean" };

    private static JsonObject OneOf(JsonObject schema, params IReadOnlyList<string> keys)
    {
        schema["oneOf"] = new JsonArray([.. keys.Select(key => new JsonObject { ["required"] = Names(key) })]);
        return schema;
    }
}
