namespace ReleaseDashboard.Web.Configuration;

/// <summary>The configuration cannot be used. Nothing was started.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
