using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Hands secrets of one project to one attempt. Before a value leaves here, the attempt's log hides it.</summary>
internal sealed class AttemptSecrets(SecretVault vault, Guid projectId, AttemptLog log) : ISecretSource
{
    private readonly Lock gate = new();
    private readonly HashSet<string> known = [];

    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var value = await vault.ReadAsync(projectId, name, cancellationToken);
        if (string.IsNullOrEmpty(value))
            return null;
        lock (gate)
        {
            if (known.Add(value))
                log.Mask(known);
        }
        return value;
    }
}
