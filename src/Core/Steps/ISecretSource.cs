namespace ReleaseDashboard.Core.Steps;

/// <summary>Secrets of the project. What is read is masked in the attempt's log from then on.</summary>
public interface ISecretSource
{
    /// <summary>The value of a stored secret, or null when the project has none of that name.</summary>
    Task<string?> ReadAsync(string name, CancellationToken cancellationToken);
}
