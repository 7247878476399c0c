using System.Net;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Indexes;

/// <summary>Uploads that twine would not send.</summary>
public sealed class UploadRulesTests : IAsyncLifetime
{
    private RunningSandbox sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await RunningSandbox.StartAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Upload_UserAndPassword_IsAccepted() =>
        (await SendAsync(user: "maintainer:sandbox-test-password")).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData(":action", "submit", ":action")]
    [InlineData("metadata_version", "9.9", "metadata-version")]
    [InlineData("name", "-small", "name")]
    [InlineData("name", "other", "its name")]
    [InlineData("version", "one", "version")]
    [InlineData("version", "1.1", "Version in filename")]
    [InlineData("filetype", "bdist_wheel", "filetype")]
    [InlineData("sha256_digest", "00", "digest")]
    [InlineData("md5_digest", "00", "digest")]
    [InlineData("blake2_256_digest", "00", "digest")]
    public async Task Upload_InvalidField_Is400WithItsReason(string field, string value, string reason)
    {
        var answer = await SendAsync(field, value);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.ReasonPhrase!.ShouldContain(reason);
        sandbox.Indexes.Test.Projects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("small.exe")]
    [InlineData("../small-1.0.tar.gz")]
    [InlineData("small-1.0.zip")]
    public async Task Upload_InvalidFileName_Is400(string fileName) =>
        (await SendAsync(fileName: fileName)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Upload_NoArchive_Is400()
    {
        var answer = await SendAsync(content: "no archive"u8.ToArray());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.ReasonPhrase!.ShouldContain("Invalid distribution file");
    }

    [Fact]
    public async Task Upload_NoForm_Is400()
    {
        using var content = new StringContent("x");
        (await Upload.SendAsync(sandbox.Client, "test", content, "__token__:sandbox-test-token")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string? field = null, string? value = null, string fileName = "small-1.0.tar.gz", byte[]? content = null, string user = "__token__:sandbox-test-token")
    {
        content ??= await File.ReadAllBytesAsync(SmallDistribution.Write(sandbox.Sub("dist"), "small", "1.0"));
        var fields = Upload.Fields(content);
        if (field is not null)
            fields[field] = value!;
        return await Upload.SendAsync(sandbox.Client, "test", fields, fileName, content, user);
    }
}
