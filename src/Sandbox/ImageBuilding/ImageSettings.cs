using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>Instructions that change an image's settings and add no layer.</summary>
internal static partial class ImageSettings
{
    public static void Apply(JsonObject settings, string keyword, string text, Dictionary<string, string> variables)
    {
        switch (keyword)
        {
            case "ENV":
                foreach (var (name, value) in Pairs(text))
                {
                    variables[name] = value;
                    var list = settings["Env"] as JsonArray ?? [];
                    var rest = list.Select(entry => entry!.GetValue<string>()).Where(entry => !entry.StartsWith(name + "=", StringComparison.Ordinal));
                    settings["Env"] = new JsonArray([.. rest.Append($"{name}={value}").Select(entry => (JsonNode)entry)]);
                }

                break;
            case "LABEL":
                foreach (var (name, value) in Pairs(text))
                    Under(settings, "Labels")[name] = value;
                break;
            case "CMD" or "ENTRYPOINT":
                settings[keyword == "CMD" ? "Cmd" : "Entrypoint"] = Command(text);
                break;
            case "WORKDIR":
                settings["WorkingDir"] = text.StartsWith('/') ? text : $"{settings["WorkingDir"]?.GetValue<string>() ?? ""}/{text}";
                break;
            case "USER":
                settings["User"] = text;
                break;
            case "EXPOSE":
                foreach (var port in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    Under(settings, "ExposedPorts")[port.Contains('/', StringComparison.Ordinal) ? port : port + "/tcp"] = new JsonObject();
                break;
            case "VOLUME":
                foreach (var path in Command(text).Select(node => node!.GetValue<string>()).Where(path => path is not ("/bin/sh" or "-c")))
                    Under(settings, "Volumes")[path] = new JsonObject();
                break;
            case "HEALTHCHECK" or "SHELL" or "STOPSIGNAL" or "ONBUILD" or "MAINTAINER":
                break; // changes nothing that anybody here looks at
            default:
                throw new InvalidDataException($"dockerfile parse error: unknown instruction: {keyword}");
        }
    }

    public static void Label(JsonObject settings, string name, string value) => Under(settings, "Labels")[name] = value;

    private static JsonObject Under(JsonObject settings, string name)
    {
        if (settings[name] is not JsonObject found)
            settings[name] = found = [];
        return found;
    }

    private static JsonArray Command(string text) =>
        text.StartsWith('[') ? (JsonArray)JsonNode.Parse(text)! : new JsonArray("/bin/sh", "-c", text);

    private static IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        var pairs = Pair().Matches(text);
        return pairs.Count > 0
            ? pairs.Select(match => (match.Groups["name"].Value.Trim('"'), match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["plain"].Value))
            : text.Split(' ', 2) is [var name, var value] ? [(name, value.Trim())] : [];
    }

    [GeneratedRegex("(?<name>\"[^\"]+\"|[A-Za-z0-9_.-]+)=(?:\"(?<quoted>[^\"]*)\"|'(?<quoted>[^']*)'|(?<plain>[^\\s]*))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair();
}
