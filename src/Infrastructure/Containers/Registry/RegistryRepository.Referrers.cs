using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

public sealed partial class RegistryRepository
{
    /// <summary>
    /// What is attached to a manifest: signatures, bills of material. Registries without that part of the API keep an index
    /// under the tag <c>sha256-…</c> instead.
    /// </summary>
    public async Task<Result<IReadOnlyList<ContentDescriptor>, RegistryError>> ReferrersAsync(ContentDigest subject, CancellationToken cancellation)
    {
        var found = new List<ContentDescriptor>();
        var address = At($"referrers/{subject}");
        for (var page = 0; page < MostPages; page++)
        {
            var asked = address;
            var answer = await transport.ReadAsync(() => new HttpRequestMessage(HttpMethod.Get, asked), Reading, LargestAnswer, cancellation);
            if (!answer.IsOk)
                return answer.Error;
            if (answer.Value.IsNotFound)
                return await ReferrersByTagAsync(subject, cancellation);
            if (!ManifestDocument.TryParse(answer.Value.Body, out var index, out _) || !index.IsIndex)
                return RegistryError.Of(RegistryFailure.Malformed, $"{Name} answered something else than a list of referrers.");
            found.AddRange(index.Manifests);
            if (NextPage(answer.Value) is not { } next || !Endpoint.Owns(next))
                return found;
            address = next;
        }
        return RegistryError.Of(RegistryFailure.Malformed, $"The list of referrers of {Name} does not end.");
    }

    private async Task<Result<IReadOnlyList<ContentDescriptor>, RegistryError>> ReferrersByTagAsync(ContentDigest subject, CancellationToken cancellation)
    {
        var manifest = await ManifestAsync(ImageTag.Parse($"sha256-{subject.Hex}"), cancellation);
        return manifest.Map(index => index is { IsIndex: true } ? index.Document.Manifests : []);
    }
}
