using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Webhooks;

/// <summary>What came of a delivery.</summary>
public enum WebhookResult
{
    /// <summary>Signed rightly; whoever waited was woken.</summary>
    Accepted,

    /// <summary>Signed rightly, but taken before: nothing was done again.</summary>
    Repeated,

    /// <summary>No project of that repository, no secret, or a signature that does not fit. Told apart to nobody.</summary>
    Refused,

    /// <summary>Not the JSON that GitHub sends.</summary>
    Unreadable,
}

/// <summary>
/// Takes deliveries of GitHub. A delivery carries no truth: it only makes the waiting steps of its repository look now, so
/// one that is late or missing changes nothing but the moment of looking. One that comes again is ignored by what was signed, so
/// that whoever recorded a delivery cannot keep the workers busy with it: GitHub's id of a delivery is not signed and could be any. What is refused is kept in the audit trail.
/// </summary>
public sealed class GitHubWebhook(LedgerStore ledger, SecretVault vault, RefusalTrail refusals)
{
    private const string SignaturePrefix = "sha256=";

    /// <param name="body">The body's exact bytes, which are what was signed.</param>
    /// <param name="signature">The header <c>X-Hub-Signature-256</c>, or SHA-1's older one where it is alone, or null. SHA-1 is always refused.</param>
    public async Task<WebhookResult> ReceiveAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        if (RepositoryOf(body) is not { } repository)
        {
            await NoteAsync(null, "no repository", "unreadable");
            return WebhookResult.Unreadable;
        }
        List<Guid> projects;
        await using (var db = ledger.Read())
        {
            projects = await db.Projects.Where(project => project.Repository == repository).Select(project => project.Id).ToListAsync(cancellationToken);
        }
        var accepted = WebhookResult.Refused;
        var faults = new List<(Guid Project, string Reason)>();
        foreach (var project in projects)
        {
            if (await FaultAsync(project, body, signature, cancellationToken) is { } fault)
            {
                faults.Add((project, fault));
                continue;
            }
            var woken = await TakeAsync(project, body, cancellationToken);
            if (!woken)
                await NoteAsync(project, repository, "replay");
            if (accepted != WebhookResult.Accepted)
                accepted = woken ? WebhookResult.Accepted : WebhookResult.Repeated;
        }
        // Of several projects of one repository each has its own secret, and a delivery is meant for one of them.
        if (accepted == WebhookResult.Refused)
            await NoteAllAsync(faults, repository);
        return accepted;
    }

    private async Task NoteAllAsync(List<(Guid Project, string Reason)> faults, string repository)
    {
        foreach (var (project, reason) in faults)
            await NoteAsync(project, repository, reason);
        // Its name is what a stranger wrote, so it is not kept.
        if (faults.Count == 0)
            await NoteAsync(null, "an unknown repository", "no project");
    }

    private Task NoteAsync(Guid? project, string subject, string reason) =>
        refusals.NoteAsync(new RefusedCall("webhook", "unknown sender", RefusedCall.OfWebhook, project, subject, reason));

    /// <summary>What is wrong with the signature, or null when it is the project's.</summary>
    private async Task<string?> FaultAsync(Guid project, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(signature))
            return "no signature";
        if (!signature.StartsWith(SignaturePrefix, StringComparison.Ordinal))
            return signature.StartsWith("sha1=", StringComparison.Ordinal) ? "signature with SHA-1" : "bad signature";
        string? secret;
        try
        {
            secret = await vault.ReadAsync(project, SecretName.GitHubWebhook, cancellationToken);
        }
        catch (CryptographicException)
        {
            return "secret cannot be decrypted";
        }
        if (secret is null)
            return "no secret is stored";
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body.Span));
        var fits = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(signature[SignaturePrefix.Length..].ToLowerInvariant()));
        return fits ? null : "bad signature";
    }

    /// <returns>False when this delivery was taken before.</returns>
    private async Task<bool> TakeAsync(Guid project, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // One repository may be several projects', and each of them takes it once.
        var id = $"{Convert.ToHexStringLower(SHA256.HashData(body.Span))}/{project:N}";
        try
        {
            return await WakeAsync(project, id, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The same delivery arrived twice at this moment, and the other one was first.
            await using var db = ledger.Read();
            if (await db.WebhookReceipts.AnyAsync(receipt => receipt.Id == id, cancellationToken))
                return false;
            throw;
        }
    }

    private Task<bool> WakeAsync(Guid project, string id, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.WebhookReceipts.AnyAsync(receipt => receipt.Id == id, write.CancellationToken))
                    return write.Refuse(false);
                write.Db.WebhookReceipts.Add(new WebhookReceiptRecord { Id = id, At = write.Now });
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
                return true;
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
