using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Core.Audit.Checkpoints;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>
/// Posts checkpoints as JSON. The body is signed like GitHub's webhooks (<c>X-Hub-Signature-256</c>: HMAC-SHA256 with a
/// shared secret), so that receivers need nothing new; the checkpoint in it has its own signature besides.
/// </summary>
internal sealed class CheckpointWebhook(Uri address, string secret, string stateFolder, TimeProvider time) : ICheckpointPlace, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // One for each receiver: a new one gets every checkpoint from the first.
    private readonly string state = Path.Combine(stateFolder, $"webhook-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..16]}");

    // It posts to the address it was told, and nowhere else.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Limit };

    public string Name => $"the webhook at {address.Host}";

    public async Task<long> TakenAsync(CancellationToken cancellationToken) =>
        File.Exists(state) && long.TryParse(await File.ReadAllTextAsync(state, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    public async Task TakeAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var said = checkpoint.Checkpoint;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { @event = "audit.checkpoint", origin = said.Origin, size = said.Size, root = said.Root.ToString(), head = said.Head.ToString(), at = said.At, keyId = said.KeyId, text = checkpoint.Text, sentAt = time.GetUtcNow() });
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.ParseAdd("ReleaseDashboard");
        request.Headers.Add("X-Event", "audit.checkpoint");
        // The same for every try: a receiver can pass over what it has.
        request.Headers.Add("X-Delivery", $"{said.KeyId}-{said.Size.ToString(CultureInfo.InvariantCulture)}");
        if (secret.Length > 0)
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        using var answer = await http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"It answered {(int)answer.StatusCode}.");
        Directory.CreateDirectory(stateFolder);
        await File.WriteAllTextAsync(state, said.Size.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
    }

    public void Dispose() => http.Dispose();
}
