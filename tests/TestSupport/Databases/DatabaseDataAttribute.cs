using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace ReleaseDashboard.TestSupport.Databases;

/// <summary>Runs a theory once on each database: its first parameter is the <see cref="DatabaseKind"/>, the values follow.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DatabaseDataAttribute(params object?[] values) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<DatabaseKind>().Select(kind => new TheoryDataRow([kind, .. values]))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
