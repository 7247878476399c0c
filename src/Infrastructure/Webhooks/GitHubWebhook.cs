using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Webhooks;

/// <summary>What came of a delivery.</summary>
public enum WebhookResult
{
    /// <summary>Signed rightly; whoever waited was woken.</summary>
    Accepted,

    /// <summary>No project of that repository, no secret, or a signature that does not fit. Told apart to nobody.</summary>
    Refused,

    /// <summary>Not the JSON that GitHub sends.</summary>
    Unreadable,
}

/// <summary>
/// Takes deliveries of GitHub. A delivery carries no truth: it only makes the waiting steps of its repository look now, so
/// one that is doubled, late, replayed or missing changes nothing but the moment of looking.
/// </summary>
public sealed class GitHubWebhook(LedgerStore ledger, SecretVault vault)
{
    private const string SignaturePrefix = "sha256=";

    /// <param name="body">The body's exact bytes, which are what was signed.</param>
    /// <param name="signature">The header <c>X-Hub-Signature-256</c>, or null.</param>
    public async Task<WebhookResult> ReceiveAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        if (RepositoryOf(body) is not { } repository)
            return WebhookResult.Unreadable;
        List<Guid> projects;
        await using (var db = ledger.Read())
        {
            projects = await db.Projects.Where(project => project.Repository == repository).Select(project => project.Id).ToListAsync(cancellationToken);
        }
        var accepted = WebhookResult.Refused;
        foreach (var project in projects)
        {
            if (!await IsSignedAsync(project, body, signature, cancellationToken))
                continue;
            await WakeAsync(project, cancellationToken);
            accepted = WebhookResult.Accepted;
        }
        return accepted;
    }

    private async Task<bool> IsSignedAsync(Guid project, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        if (signature?.StartsWith(SignaturePrefix, StringComparison.Ordinal) != true
            || await vault.ReadAsync(project, SecretName.GitHubWebhook, cancellationToken) is not { } secret)
            return false;
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body.Span));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(signature[SignaturePrefix.Length..].ToLowerInvariant()));
    }

    private async Task WakeAsync(Guid project, CancellationToken cancellationToken) =>
        await ledger.WriteAsync(
            async write =>
            {
                var waiting = await write.Db.Steps
                    .Where(step => step.Release!.ProjectId == project && step.Release.ActiveKey != null
                        && (step.Status == StepStatus.WaitingOutside || step.Status == StepStatus.Running))
                    .ToListAsync(write.CancellationToken);
                foreach (var step in waiting)
                {
                    // A step that looks at this very moment may have looked too early: the count makes it look once more.
                    step.Wakes++;
                    if (step.Status == StepStatus.WaitingOutside)
                        step.WakeAt = write.Now;
                    write.Wake(step.ReleaseId);
                }
                return waiting.Count;
            },
            cancellationToken);

    private static string? RepositoryOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("repository", out var repository)
                && repository.ValueKind == JsonValueKind.Object
                && repository.TryGetProperty("full_name", out var name)
                ? name.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
