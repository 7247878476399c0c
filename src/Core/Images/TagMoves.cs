using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ReleaseDashboard.Core.Images;

/// <summary>What a tag of production is to point to.</summary>
/// <param name="Now">What it points to today; null when it is not there yet.</param>
public sealed record TagMove(string Variant, ImageTag Tag, ContentDigest To, ContentDigest? Now)
{
    /// <summary>Whether users who follow the tag get another image.</summary>
    public bool IsMove => Now is not null && Now != To;
}

/// <summary>Every tag that publishing makes or moves. Its text is canonical, so an approval's digest covers where each tag comes from and goes to.</summary>
public sealed record TagMoves(IReadOnlyList<TagMove> All)
{
    private sealed record Row(string Variant, string Tag, string To, string? Now);

    public TagMove? Find(ImageTag tag) => All.FirstOrDefault(move => move.Tag == tag);

    /// <summary>One line of JSON, in the order in which the tags are made.</summary>
    public override string ToString() =>
        JsonSerializer.Serialize(All.Select(move => new Row(move.Variant, move.Tag.Value, move.To.Value, move.Now?.Value)), JsonSerializerOptions.Web);

    public static bool TryParse(string? text, [NotNullWhen(true)] out TagMoves? moves)
    {
        try
        {
            var rows = JsonSerializer.Deserialize<IReadOnlyList<Row>>(text ?? "", JsonSerializerOptions.Web) ?? [];
            moves = new TagMoves([.. rows.Select(row => new TagMove(row.Variant, ImageTag.Parse(row.Tag), ContentDigest.Parse(row.To), row.Now is null ? null : ContentDigest.Parse(row.Now)))]);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentNullException)
        {
            moves = null;
            return false;
        }
    }

    public bool Equals(TagMoves? other) => other is not null && All.SequenceEqual(other.All);

    public override int GetHashCode() => All.Count;
}
