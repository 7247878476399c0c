namespace ReleaseDashboard.Core.Images.Parity;

/// <summary>How one platform of one variant compares between the two registries.</summary>
public enum ParityState
{
    /// <summary>Both hold the same digest.</summary>
    Equal,

    /// <summary>Only preproduction holds it.</summary>
    MissingInProduction,

    /// <summary>Only production holds it: nobody tested it.</summary>
    MissingInPreproduction,

    /// <summary>Neither holds it, and it is expected.</summary>
    MissingInBoth,

    /// <summary>Each holds another digest.</summary>
    Different,

    /// <summary>Neither holds it, and nobody expects it.</summary>
    NotExpected,
}
