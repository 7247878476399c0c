using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>An image while it is built: what it has of layers, settings and history so far.</summary>
internal sealed class ImageState
{
    private readonly DateTimeOffset time;

    public ImageState(DateTimeOffset time) => this.time = time;

    /// <summary>Goes on from an image.</summary>
    public ImageState(ImageState from)
    {
        (time, Settings) = (from.time, (JsonObject)from.Settings.DeepClone());
        Layers.AddRange(from.Layers);
        History.AddRange(from.History.Select(entry => (JsonObject)entry.DeepClone()));
        foreach (var (path, file) in from.Files)
            Files[path] = file;
    }

    public List<ImageLayer> Layers { get; } = [];

    /// <summary>The <c>config</c> object of an image's configuration.</summary>
    public JsonObject Settings { get; init; } = [];

    public List<JsonObject> History { get; } = [];

    /// <summary>Files known to be in it, for copies from its stage.</summary>
    public Dictionary<string, LayerFile> Files { get; } = [];

    public void Add(IReadOnlyDictionary<string, LayerFile> files, string createdBy)
    {
        foreach (var (path, file) in files)
            Files[path] = file;
        Layers.Add(ImageLayer.Pack(files, time));
        Note(createdBy, isEmpty: false);
    }

    public void Note(string createdBy, bool isEmpty = true)
    {
        var entry = new JsonObject { ["created"] = Moment(time), ["created_by"] = createdBy };
        if (isEmpty)
            entry["empty_layer"] = true;
        History.Add(entry);
    }

    /// <summary>The configuration, whose digest is the image's id.</summary>
    public JsonObject Configuration(Platform platform)
    {
        var configuration = new JsonObject { ["created"] = Moment(time), ["architecture"] = platform.Architecture, ["os"] = platform.Os };
        if (platform.Variant is not null)
            configuration["variant"] = platform.Variant;
        configuration["config"] = Settings.DeepClone();
        configuration["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. Layers.Select(layer => (JsonNode)layer.DiffId.Value)]) };
        configuration["history"] = new JsonArray([.. History.Select(entry => entry.DeepClone())]);
        return configuration;
    }

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
