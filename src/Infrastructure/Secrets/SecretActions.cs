using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>A secret as somebody enters it.</summary>
/// <param name="Value">The new value; null leaves a stored one as it is.</param>
/// <param name="ExpiresAt">When it ends to be valid; null when it does not.</param>
/// <param name="StepKinds">Kinds of steps that get it; empty for those that its name is meant for.</param>
public sealed record SecretEntry(string Name, string? Value, DateTimeOffset? ExpiresAt, IReadOnlyList<string> StepKinds)
{
    // The generated text would print the value.
    public override string ToString() => $"secret {Name}";
}

/// <summary>What people do with a project's secrets. There is nothing that shows a value. What is refused is kept in the audit trail.</summary>
public sealed partial class SecretActions(LedgerStore ledger, SecretVault vault, RefusalTrail refusals)
{
    public const int MaximumLength = 10_000;

    /// <summary>Stores, replaces or re-scopes a secret. Releases under way use a new value from their next step on.</summary>
    [Needs(Permission.ManageSecrets)]
    public async Task<ActionResult> StoreAsync(Actor actor, Guid projectId, SecretEntry entry, CancellationToken cancellationToken) =>
        await NoteAsync(actor, projectId, entry.Name, await TryStoreAsync(actor, projectId, entry, cancellationToken));

    /// <summary>Removes a secret.</summary>
    [Needs(Permission.ManageSecrets)]
    public async Task<ActionResult> RemoveAsync(Actor actor, Guid projectId, string name, CancellationToken cancellationToken) =>
        await NoteAsync(actor, projectId, name, await TryRemoveAsync(actor, projectId, name, cancellationToken));

    private async Task<ActionResult> TryStoreAsync(Actor actor, Guid projectId, SecretEntry entry, CancellationToken cancellationToken)
    {
        if (NotAllowed(actor, projectId) is { } refused)
            return refused;
        if (!SecretName.All.Contains(entry.Name))
            return ActionResult.Refused(Refusal.Invalid, $"No step uses a secret '{entry.Name}'. The names are {string.Join(", ", SecretName.All)}.");
        if (entry.Value is { Length: 0 or > MaximumLength })
            return ActionResult.Refused(Refusal.Invalid, $"A secret has 1 to {MaximumLength} characters.");
        if (entry.StepKinds.FirstOrDefault(kind => !Kind().IsMatch(kind)) is { } bad)
            return ActionResult.Refused(Refusal.Invalid, $"'{bad}' is no kind of step. They look like pypi.upload, or images.* for a family.");
        if (entry.Value is { } value && SecretScope.MustDifferFrom(entry.Name) is { } other && await IsSameAsync(projectId, other, value, cancellationToken))
            return ActionResult.Refused(Refusal.Invalid, $"This is the value of {other}. What is for trying is never used for publishing: make a token of its own.");
        return entry.Value is null
            ? await ScopeAsync(actor, projectId, entry, cancellationToken)
            : await SetAsync(actor, projectId, entry, entry.Value, cancellationToken);
    }

    private Task<ActionResult> TryRemoveAsync(Actor actor, Guid projectId, string name, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (NotAllowed(actor, projectId) is { } refused)
                    return write.Refuse(refused);
                if (await write.Db.Secrets.FindAsync([projectId, name], write.CancellationToken) is not { } secret)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no secret {name}."));
                write.Db.Secrets.Remove(secret);
                write.Audit(actor, "secret.remove", projectId, null, name, new { secret.ExpiresAt, secret.StepKinds });
                write.Notify(new Change.Project(projectId));
                return ActionResult.Done;
            },
            cancellationToken);

    private Task<ActionResult> SetAsync(Actor actor, Guid projectId, SecretEntry entry, string value, CancellationToken cancellationToken) =>
        vault.SetAsync(actor, projectId, entry.Name, value, entry.ExpiresAt, cancellationToken, entry.StepKinds);

    private Task<ActionResult> ScopeAsync(Actor actor, Guid projectId, SecretEntry entry, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.Secrets.FindAsync([projectId, entry.Name], write.CancellationToken) is not { } secret)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no secret {entry.Name} yet: give its value."));
                var before = new { secret.ExpiresAt, secret.StepKinds };
                if (secret.ExpiresAt != entry.ExpiresAt)
                    secret.WarnedAt = null;
                secret.ExpiresAt = entry.ExpiresAt;
                secret.StepKinds = [.. entry.StepKinds];
                write.Audit(actor, "secret.scope", projectId, null, entry.Name, before, new { secret.ExpiresAt, secret.StepKinds });
                write.Notify(new Change.Project(projectId));
                return ActionResult.Done;
            },
            cancellationToken);

    private async Task<bool> IsSameAsync(Guid projectId, string other, string value, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.ReadAsync(projectId, other, cancellationToken) is { } stored
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stored.Trim()), Encoding.UTF8.GetBytes(value.Trim()));
        }
        catch (CryptographicException)
        {
            // What cannot be read cannot be used either.
            return false;
        }
    }

    private Task<ActionResult> NoteAsync(Actor actor, Guid projectId, string name, ActionResult result) =>
        refusals.NoteAsync(actor, RefusedCall.OfSecret, projectId, SecretName.All.Contains(name) ? name : "of an unknown name", result);

    private static ActionResult? NotAllowed(Actor actor, Guid projectId) => Access.WhyNot(actor, Permission.ManageSecrets, projectId);

    [GeneratedRegex(@"^(\*|[a-z_]+(\.(\*|[a-z_]+))?)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Kind();
}
