using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.Tests.Registries;

public sealed class DistributionTests : RegistryTest
{
    private const string Repository = "/v2/example/hello";
    private static readonly byte[] Blob = Encoding.UTF8.GetBytes("0123456789");
    private static readonly ContentDigest Digest = ContentDigest.Of(Blob);

    [Fact]
    public async Task Ping_WithoutCredentials_ChallengesAndTellsWhereTokensAre()
    {
        using var answer = await Reader.GetAsync("/v2/", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        (await ErrorAsync(answer)).ShouldBe("UNAUTHORIZED");
        (await Writer.GetAsync("/v2/", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Client(Production, Preproduction.Credentials.Token).GetAsync("/v2/", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_ForAnybody_ReadsButDoesNotPush()
    {
        await UploadAsync();
        var token = (await Reader.GetFromJsonAsync<JsonNode>("/token?service=x&scope=repository:example/hello:pull,push", Cancel))!["token"]!.GetValue<string>();
        using var client = new HttpClient { BaseAddress = Reader.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        (await client.GetAsync($"{Repository}/blobs/{Digest}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var push = await client.PostAsync($"{Repository}/blobs/uploads/", null, Cancel);
        push.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        push.Headers.WwwAuthenticate.ToString().ShouldContain("repository:example/hello:pull,push");
    }

    [Fact]
    public async Task Upload_InChunks_TakesThemInOrderOnly()
    {
        using var started = await Writer.PostAsync($"{Repository}/blobs/uploads/", null, Cancel);
        var place = started.Headers.Location!;
        (await ChunkAsync(place, Blob[..4], 0)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var wrong = await ChunkAsync(place, Blob[6..], 6);
        wrong.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        Header(wrong, "Range").ShouldBe("0-3");
        using var status = await Writer.GetAsync(place, Cancel);
        (status.StatusCode, Header(status, "Range")).ShouldBe((HttpStatusCode.NoContent, "0-3"));
        (await ChunkAsync(place, Blob[4..], 4)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        using var finished = await Writer.PutAsync($"{place}?digest={Digest}", null, Cancel);

        finished.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Reader.GetByteArrayAsync($"{Repository}/blobs/{Digest}", Cancel)).ShouldBe(Blob);
        (await Writer.GetAsync(place, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_CutOffAndRestarted_GoesOnWhereItWas()
    {
        using var started = await Writer.PostAsync($"{Repository}/blobs/uploads/", null, Cancel);
        var place = started.Headers.Location!.PathAndQuery;
        await ChunkAsync(started.Headers.Location!, Blob[..7], 0);

        await Sandbox.RestartAsync();

        (await Client(Preproduction, Preproduction.Credentials.Token).PutAsync($"{place}?digest={Digest}", new ByteArrayContent(Blob[7..]), Cancel))
            .StatusCode.ShouldBe(HttpStatusCode.Created);
        Preproduction.FindBlob("example/hello", Digest).ShouldNotBeNull();
    }

    [Fact]
    public async Task Upload_OfOtherBytesThanTheDigestSays_IsRefusedAndForgotten()
    {
        using var answer = await Writer.PostAsync($"{Repository}/blobs/uploads/?digest={Digest}", new ByteArrayContent(Blob[1..]), Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorAsync(answer)).ShouldBe("DIGEST_INVALID");
        (await Reader.GetAsync($"{Repository}/blobs/{Digest}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        EffectsOf("blob.put").ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_Cancelled_IsUnknown()
    {
        using var started = await Writer.PostAsync($"{Repository}/blobs/uploads/", null, Cancel);

        (await Writer.DeleteAsync(started.Headers.Location!, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        using var answer = await Writer.GetAsync(started.Headers.Location!, Cancel);
        (await ErrorAsync(answer)).ShouldBe("BLOB_UPLOAD_UNKNOWN");
    }

    [Fact]
    public async Task Blob_WithARange_AnswersThatPart()
    {
        await UploadAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Repository}/blobs/{Digest}");
        request.Headers.Range = new RangeHeaderValue(3, 5);

        using var answer = await Reader.SendAsync(request, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("345");
    }

    [Theory]
    [InlineData("{", "MANIFEST_INVALID")]
    [InlineData("""{"schemaVersion":1}""", "MANIFEST_INVALID")]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", "MANIFEST_INVALID")]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","size":1},"layers":[]}""", "MANIFEST_BLOB_UNKNOWN")]
    public async Task Manifest_ThatCannotStand_IsRefusedInTheSpecificationsWords(string manifest, string code)
    {
        using var answer = await ManifestAsync("debian", manifest);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorAsync(answer)).ShouldBe(code);
        Preproduction.Repositories.ShouldBeEmpty();
    }

    [Fact]
    public async Task Manifest_UnderAnotherDigest_IsRefused()
    {
        await UploadAsync();

        using var answer = await ManifestAsync(ContentDigest.Of("other"u8).Value, Manifest());

        (await ErrorAsync(answer)).ShouldBe("DIGEST_INVALID");
    }

    [Fact]
    public async Task Index_OfAnUnknownManifest_IsRefused()
    {
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"digest":"{{Digest}}","size":1}]}""";

        using var answer = await ManifestAsync("debian", index, MediaTypes.OciIndex);

        (await ErrorAsync(answer)).ShouldBe("MANIFEST_BLOB_UNKNOWN");
    }

    [Fact]
    public async Task Referrers_OfAManifest_AreListedAndFiltered()
    {
        await UploadAsync();
        var subject = ContentDigest.Of(Encoding.UTF8.GetBytes(Manifest()));
        await ManifestAsync("debian", Manifest());
        using var sent = await ManifestAsync("signature", Manifest($$""","artifactType":"test/signature","subject":{"digest":"{{subject}}","size":1}"""));

        Header(sent, "OCI-Subject").ShouldBe(subject.Value);
        (await Reader.GetFromJsonAsync<JsonNode>($"{Repository}/referrers/{subject}", Cancel))!["manifests"]!.AsArray().Count.ShouldBe(1);
        (await Reader.GetFromJsonAsync<JsonNode>($"{Repository}/referrers/{subject}?artifactType=other", Cancel))!["manifests"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_InPages_LinkToTheNext()
    {
        await UploadAsync();
        foreach (var tag in new[] { "c", "a", "b" })
            (await ManifestAsync(tag, Manifest())).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var first = await Reader.GetAsync($"{Repository}/tags/list?n=2", Cancel);

        (await first.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["tags"]!.ToJsonString().ShouldBe("""["a","b"]""");
        Header(first, "Link").ShouldBe("</v2/example/hello/tags/list?last=b&n=2>; rel=\"next\"");
        (await Reader.GetFromJsonAsync<JsonNode>($"{Repository}/tags/list?last=b&n=2", Cancel))!["tags"]!.ToJsonString().ShouldBe("""["c"]""");
        (await Reader.GetFromJsonAsync<JsonNode>("/v2/_catalog", Cancel))!["repositories"]!.ToJsonString().ShouldBe("""["example/hello"]""");
        (await ErrorAsync(await Reader.GetAsync("/v2/example/nothing/tags/list", Cancel))).ShouldBe("NAME_UNKNOWN");
    }

    [Fact]
    public async Task Fault_OfOneRegistry_LeavesTheOtherAlone()
    {
        Sandbox.Application.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 429, Registry = "production", Path = "/v2/**" });

        ((int)(await Client(Production, null).GetAsync("/v2/", Cancel)).StatusCode).ShouldBe(429);
        ((int)(await Writer.GetAsync("/v2/", Cancel)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task CutAnswer_InMidLayer_SendsSoManyBytesAndBreaksOff()
    {
        var big = new byte[300_000];
        Random.Shared.NextBytes(big);
        var digest = await Preproduction.PutBlobAsync("example/hello", big, actor: null);
        Sandbox.Application.Faults.Add(new FaultRule { Kind = FaultKind.CutAnswer, Bytes = 100_000, Path = "/v2/**/blobs/*", Times = 1 });
        using var answer = await Reader.GetAsync($"{Repository}/blobs/{digest}", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        var got = new MemoryStream();

        await Should.ThrowAsync<Exception>(() => body.CopyToAsync(got, Cancel));

        got.Length.ShouldBeInRange(1, 100_000);
        (await Reader.GetByteArrayAsync($"{Repository}/blobs/{digest}", Cancel)).ShouldBe(big);
    }

    [Fact]
    public async Task CutRequest_InMidLayer_KeepsWhatCameSoThatAClientGoesOn()
    {
        var big = new byte[300_000];
        Random.Shared.NextBytes(big);
        using var started = await Writer.PostAsync($"{Repository}/blobs/uploads/", null, Cancel);
        Sandbox.Application.Faults.Add(new FaultRule { Kind = FaultKind.CutRequest, Bytes = 100_000, Method = "PATCH", Times = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => ChunkAsync(started.Headers.Location!, big, 0));
        using var status = await Writer.GetAsync(started.Headers.Location!, Cancel);
        Header(status, "Range").ShouldBe("0-99999");

        await ChunkAsync(started.Headers.Location!, big[100_000..], 100_000);

        using var finished = await Writer.PutAsync($"{started.Headers.Location}?digest={ContentDigest.Of(big)}", null, Cancel);
        finished.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task UploadAsync() =>
        (await Writer.PostAsync($"{Repository}/blobs/uploads/?digest={Digest}", new ByteArrayContent(Blob), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);

    private async Task<HttpResponseMessage> ChunkAsync(Uri place, byte[] chunk, int start)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, place) { Content = new ByteArrayContent(chunk) };
        request.Content.Headers.TryAddWithoutValidation("Content-Range", $"{start}-{start + chunk.Length - 1}");
        return await Writer.SendAsync(request, Cancel);
    }

    private static string Manifest(string more = "") =>
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Digest}}","size":10},"layers":[]{{more}}}""";

    private Task<HttpResponseMessage> ManifestAsync(string reference, string manifest, string type = MediaTypes.OciManifest) =>
        Writer.PutAsync($"{Repository}/manifests/{reference}", new StringContent(manifest, new MediaTypeHeaderValue(type)), Cancel);

    private async Task<string> ErrorAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["errors"]![0]!["code"]!.GetValue<string>();

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values)
        ? values.Single()
        : answer.Content.Headers.TryGetValues(name, out var others) ? others.Single() : "";
}
