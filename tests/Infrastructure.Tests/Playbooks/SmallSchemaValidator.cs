using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Tests.Playbooks;

/// <summary>The part of JSON schema that the playbook schema uses. A keyword it does not know fails the test.</summary>
internal sealed class SmallSchemaValidator(JsonObject root)
{
    public bool IsValid(JsonNode? value) => Check(root, value);

    private bool Check(JsonNode schema, JsonNode? value)
    {
        if (schema.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
            return schema.GetValue<bool>();
        return schema.AsObject().All(keyword => keyword.Key switch
        {
            "$schema" or "title" or "description" or "default" or "$defs" or "then" => true,
            "$ref" => Check(root["$defs"]![Uri.UnescapeDataString(keyword.Value!.GetValue<string>()["#/$defs/".Length..])]!, value),
            "type" => (keyword.Value is JsonArray any ? any.Select(type => type!.GetValue<string>()) : [keyword.Value!.GetValue<string>()])
                .Any(type => IsType(type, value)),
            "const" => JsonNode.DeepEquals(keyword.Value, value),
            "enum" => keyword.Value!.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)),
            "pattern" => value?.GetValueKind() != JsonValueKind.String
                || Regex.IsMatch(value.GetValue<string>(), keyword.Value!.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)),
            "minimum" => value?.GetValueKind() != JsonValueKind.Number || Number(value) >= Number(keyword.Value!),
            "maximum" => value?.GetValueKind() != JsonValueKind.Number || Number(value) <= Number(keyword.Value!),
            "minItems" => value is not JsonArray array || array.Count >= Number(keyword.Value!),
            "maxItems" => value is not JsonArray most || most.Count <= Number(keyword.Value!),
            "items" => value is not JsonArray list || list.All(item => Check(keyword.Value!, item)),
            "required" => value is not JsonObject needs || keyword.Value!.AsArray().All(name => needs.ContainsKey(name!.GetValue<string>())),
            "properties" => value is not JsonObject holder
                || keyword.Value!.AsObject().All(property => !holder.ContainsKey(property.Key) || Check(property.Value!, holder[property.Key])),
            "additionalProperties" => value is not JsonObject closed || closed.All(entry => schema["properties"]!.AsObject().ContainsKey(entry.Key)),
            "anyOf" => keyword.Value!.AsArray().Any(part => Check(part!, value)),
            "oneOf" => keyword.Value!.AsArray().Count(part => Check(part!, value)) == 1,
            "allOf" => keyword.Value!.AsArray().All(part => Check(part!, value)),
            "if" => !Check(keyword.Value!, value) || Check(schema["then"]!, value),
            _ => throw new InvalidOperationException($"The keyword {keyword.Key} is not known to this validator."),
        });
    }

    private static bool IsType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && Number(value) % 1 == 0,
        _ => throw new InvalidOperationException($"The type {type} is not known to this validator."),
    };

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString());
}
