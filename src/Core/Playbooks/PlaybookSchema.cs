using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>
/// The JSON schema (draft 2020-12) that editors check playbooks with while they are written. It says what a schema can:
/// needs, cycles and references are left to <see cref="PlaybookReader"/>.
/// </summary>
public static class PlaybookSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // The file is read by people and editors, never put into a page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of <c>playbooks/playbook.schema.json</c>; the same catalogue gives the same text.</summary>
    public static string Text(PlaybookCatalogue catalogue) => Build(catalogue).ToJsonString(Readable) + "\n";

    public static JsonObject Build(PlaybookCatalogue catalogue)
    {
        var definitions = new JsonObject
        {
            ["id"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z][a-z0-9_-]*$" },
            ["text"] = new JsonObject { ["type"] = Names("string", "number", "boolean") },
            ["reference"] = new JsonObject { ["type"] = "string", ["pattern"] = @"^\$\{\{ *[a-z][a-z0-9_.-]* *\}\}$" },
            ["duration"] = Described("A whole number and s, m, h or d", new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+[smhd]$" }),
            ["stage"] = Closed(
                new JsonObject
                {
                    ["id"] = Ref("id"),
                    ["title"] = Ref("text"),
                    ["approval"] = Described("Every step of the stage waits for this approval", Ref("stage approval")),
                    ["steps"] = ArrayOf("step", minimum: 1),
                },
                "id", "title", "steps"),
            ["signature"] = ApprovalSchema.Signature(),
            ["approval"] = ApprovalSchema.Rule(),
            ["stage approval"] = ApprovalSchema.StageRule(),
            ["step"] = PlaybookStepSchema.Step(catalogue),
        };
        foreach (var kind in catalogue.Kinds)
            definitions["inputs " + kind.Kind] = PlaybookStepSchema.Inputs(kind);
        var root = Closed(
            new JsonObject
            {
                ["schema"] = new JsonObject { ["const"] = Playbook.SchemaVersion },
                ["name"] = Ref("id"),
                ["title"] = Ref("text"),
                ["revision"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 },
                ["description"] = Ref("text"),
                ["stages"] = ArrayOf("stage", minimum: 1),
            },
            "schema", "name", "title", "revision", "stages");
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "ReleaseDashboard playbook");
        root["$defs"] = definitions;
        return root;
    }

    internal static JsonObject Ref(string definition) => new() { ["$ref"] = "#/$defs/" + definition.Replace(" ", "%20", StringComparison.Ordinal) };

    internal static JsonObject ArrayOf(string definition, int minimum = 0)
    {
        var array = new JsonObject { ["type"] = "array", ["items"] = Ref(definition) };
        if (minimum > 0)
            array["minItems"] = minimum;
        return array;
    }

    internal static JsonObject Closed(JsonObject properties, params IEnumerable<string> required)
    {
        var closed = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Any())
            closed["required"] = Names([.. required]);
        return closed;
    }

    internal static JsonObject Described(string description, JsonObject schema)
    {
        schema.Insert(0, "description", description);
        return schema;
    }

    internal static JsonArray Names(params IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];
}
