using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ReleaseDashboard.Sandbox.Tests.Tools;

/// <summary>Sends the upload form as a program other than twine would, with whatever is to be wrong in it.</summary>
public static class Upload
{
    public static Dictionary<string, string> Fields(byte[] content) => new()
    {
        [":action"] = "file_upload",
        ["protocol_version"] = "1",
        ["metadata_version"] = "2.1",
        ["name"] = "small",
        ["version"] = "1.0",
        ["filetype"] = "sdist",
        ["sha256_digest"] = Convert.ToHexStringLower(SHA256.HashData(content)),
    };

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string index, string file)
    {
        var content = await File.ReadAllBytesAsync(file);
        return await SendAsync(client, index, Fields(content), Path.GetFileName(file), content, $"__token__:sandbox-{index}-token");
    }

    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, string index, IReadOnlyDictionary<string, string> fields, string fileName, byte[] content, string user)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, text) in fields)
            form.Add(new StringContent(text), $"\"{name}\"");
        form.Add(new ByteArrayContent(content), "\"content\"", $"\"{fileName}\"");
        return await SendAsync(client, index, form, user);
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string index, HttpContent content, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/indexes/{index}/legacy/") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        return await client.SendAsync(request);
    }
}
