using System.Security.Cryptography;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>A secret that a step asked for and must not or cannot have. The step ends with the error.</summary>
internal sealed class SecretRefusedException(StepError error) : Exception(error.What)
{
    public StepError Error { get; } = error;
}

/// <summary>
/// Hands secrets of one project to one attempt, as far as they are meant for its kind and place. They are read anew each time, so
/// that one which is replaced while a release waits is used from the next attempt on. Before a value leaves here, the attempt's log hides it.
/// </summary>
internal sealed class AttemptSecrets(SecretVault vault, Claim claim, AttemptLog log, TimeProvider time) : ISecretSource
{
    // Looks while waiting come often; the day and hour of the last use are what people want to know.
    private static readonly TimeSpan Exactness = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly HashSet<string> known = [];
    private readonly HashSet<string> credentials = [];
    private volatile SecretMask outside = new([]);

    /// <summary>
    /// A text that leaves the attempt other than by its log. User names are not hidden here: the name of a registry's user stands in its
    /// images' addresses, which later steps read from the evidence.
    /// </summary>
    public string Hide(string text) => outside.Apply(text);

    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var project = claim.Snapshot.Facts.Project.Id;
        var kind = claim.Snapshot.Playbook.FindStep(claim.Key)!.Kind;
        if (await vault.UseOfAsync(project, name, cancellationToken) is not { } use)
            return null;
        if (!SecretScope.Fits(name, claim.Inputs.Text))
            throw new SecretRefusedException(SecretErrors.WrongPlace(name));
        if (!SecretScope.Covers(name, use.StepKinds, kind))
        {
            log.Write($"The secret {name} is not for steps of kind {kind}, so it is not used.");
            return null;
        }
        var value = await DecryptAsync(project, name, cancellationToken);
        if (string.IsNullOrEmpty(value))
            return null;
        lock (gate)
        {
            if (known.Add(value))
                log.Mask(known);
            if (!SecretName.IsUserName(name) && credentials.Add(value))
                outside = new SecretMask(credentials);
        }
        var now = time.GetUtcNow();
        if (use.UsedAt is not { } last || now - last > Exactness)
            await vault.NoteUseAsync(project, name, now, cancellationToken);
        return value;
    }

    private async Task<string?> DecryptAsync(Guid project, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.ReadAsync(project, name, cancellationToken);
        }
        catch (CryptographicException)
        {
            throw new SecretRefusedException(SecretErrors.Unreadable(name));
        }
    }
}
