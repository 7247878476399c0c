using System.Text.Json.Nodes;
using static ReleaseDashboard.Core.Playbooks.PlaybookSchema;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>The part of the schema that depends on the kinds of steps.</summary>
internal static class PlaybookStepSchema
{
    public static JsonObject Step(PlaybookCatalogue catalogue)
    {
        var step = Closed(
            new JsonObject
            {
                ["id"] = Ref("id"),
                ["title"] = Ref("text"),
                ["kind"] = new JsonObject { ["enum"] = Names(catalogue.Kinds.Select(kind => kind.Kind)) },
                ["instructions"] = Described("Markdown; may hold references", Ref("text")),
                ["inputs"] = new JsonObject { ["type"] = "object" },
                ["needs"] = Described("Ids of the steps that must be over first; the step before, unless said", ArrayOf("id")),
                ["optional"] = Described("Whether a maintainer may skip it", new JsonObject { ["type"] = "boolean" }),
                ["when"] = Described("Left out when this condition is false, such as project.test_index", Ref("text")),
                ["permanent"] = Described("Whether what it does cannot be taken back", new JsonObject { ["type"] = "boolean" }),
                ["expected"] = Ref("duration"),
                ["timeout"] = Ref("duration"),
                ["retry"] = Closed(
                    new JsonObject
                    {
                        ["attempts"] = new JsonObject { ["type"] = "integer", ["minimum"] = 2, ["maximum"] = 10 },
                        ["delay"] = Ref("duration"),
                    },
                    "attempts", "delay"),
                ["items"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Item() },
                ["approval"] = Ref("approval"),
            },
            "id", "title", "kind");
        step["allOf"] = new JsonArray([.. catalogue.Kinds.Select(ForKind)]);
        return step;
    }

    public static JsonObject Inputs(StepKindDescription kind)
    {
        var properties = new JsonObject();
        foreach (var input in kind.Inputs)
            properties[input.Name] = Input(input);
        return Closed(properties, kind.Inputs.Where(IsNeeded).Select(input => input.Name));
    }

    private static bool IsNeeded(InputDescription input) => input is { Required: true, Default: null };

    // Editors name the exact fault with if and then; with one alternative for each kind they list them all.
    private static JsonNode ForKind(StepKindDescription kind)
    {
        var properties = new JsonObject
        {
            ["kind"] = Described(kind.Summary, []),
            ["inputs"] = Ref("inputs " + kind.Kind),
        };
        var required = new List<string>();
        if (kind.Inputs.Any(IsNeeded))
            required.Add("inputs");
        foreach (var (key, owner) in new[] { ("items", StepKindDescription.Checklist), ("approval", StepKindDescription.Approval) })
        {
            if (kind.Kind == owner)
                required.Add(key);
            else
                properties[key] = false;
        }
        if (kind.Effect != StepEffect.Reads)
            properties["retry"] = false;
        if (kind.Permanent)
            properties["permanent"] = new JsonObject { ["const"] = true };
        var then = new JsonObject { ["properties"] = properties };
        if (required.Count > 0)
            then["required"] = Names(required);
        return new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind.Kind } },
                ["required"] = Names("kind"),
            },
            ["then"] = then,
        };
    }

    private static JsonObject Input(InputDescription input)
    {
        JsonObject value = input switch
        {
            { Choices.Count: > 0 } => OrReference(new JsonObject { ["enum"] = Names(input.Choices) }),
            { Type: ValueKind.Flag } => OrReference(new JsonObject { ["type"] = "boolean" }),
            { Type: ValueKind.Number } => OrReference(new JsonObject { ["type"] = "integer" }),
            { Type: ValueKind.List } => OrReference(ArrayOf("text")),
            _ => Ref("text"),
        };
        if (input.Default is { } fallback)
            value["default"] = Json(fallback);
        return Described(input.Description, value);
    }

    private static JsonNode Json(InputValue value) => value switch
    {
        InputValue.Flag flag => JsonValue.Create(flag.Value),
        InputValue.Number number => JsonValue.Create(number.Value),
        InputValue.List list => new JsonArray([.. list.Items.Select(Json)]),
        _ => JsonValue.Create(value.ToString()),
    };

    private static JsonObject OrReference(JsonObject schema) => new() { ["anyOf"] = new JsonArray(schema, Ref("reference")) };

    private static JsonObject Item() => Closed(
        new JsonObject
        {
            ["id"] = Ref("id"),
            ["text"] = Described("What a person confirms", Ref("text")),
            ["link"] = Described("An address to look at", Ref("text")),
            ["diff"] = Described("Paths whose changes since the last release are shown beside it", ArrayOf("text")),
        },
        "id", "text");
}
