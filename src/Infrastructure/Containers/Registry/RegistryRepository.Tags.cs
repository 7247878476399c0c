using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

public sealed partial class RegistryRepository
{
    // A registry that always names a next page must not keep this client forever.
    private const int MostPages = 1000;

    /// <summary>All tags, page by page; empty when the repository is not there. Names that are no tags are left out.</summary>
    /// <param name="pageSize">Asked of the registry, which may give fewer.</param>
    public async Task<Result<IReadOnlyList<ImageTag>, RegistryError>> TagsAsync(CancellationToken cancellation, int pageSize = 1000)
    {
        var tags = new List<ImageTag>();
        var address = At($"tags/list?n={pageSize}");
        for (var page = 0; page < MostPages; page++)
        {
            var asked = address;
            var answer = await transport.ReadAsync(() => new HttpRequestMessage(HttpMethod.Get, asked), Reading, LargestAnswer, cancellation);
            if (!answer.IsOk)
                return answer.Error;
            if (answer.Value.IsNotFound)
                return tags;
            if (!TryAddTags(answer.Value.Body, tags))
                return RegistryError.Of(RegistryFailure.Malformed, $"{Name} answered something else than a list of tags.");
            if (NextPage(answer.Value) is not { } next)
                return tags;
            if (!Endpoint.Owns(next))
                return RegistryError.Of(RegistryFailure.Malformed, $"{Name} names a next page on another host, {next.Authority}.");
            address = next;
        }
        return RegistryError.Of(RegistryFailure.Malformed, $"The list of tags of {Name} does not end.");
    }

    private static bool TryAddTags(byte[] body, List<ImageTag> tags)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            // A repository without tags has null here.
            if (!json.RootElement.TryGetProperty("tags", out var list) || list.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
                return false;
            if (list.ValueKind == JsonValueKind.Array)
                tags.AddRange(list.EnumerateArray().Select(each => ImageTag.TryParse(each.ToString(), out var tag, out _) ? tag : null).OfType<ImageTag>());
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Uri? NextPage(RegistryAnswer answer) =>
        answer.Headers.TryGetValues("Link", out var links) && NextLink().Match(string.Join(',', links)) is { Success: true } match
            ? new Uri(answer.Address, match.Groups["next"].Value)
            : null;

    [GeneratedRegex("<(?<next>[^>]+)>\\s*;[^,]*rel=\"?next\"?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NextLink();
}
