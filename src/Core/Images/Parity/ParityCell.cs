namespace ReleaseDashboard.Core.Images.Parity;

/// <summary>One platform of one variant in both registries.</summary>
/// <param name="IsExpected">Whether the project builds the variant for this platform.</param>
/// <param name="Preproduction">Null when it is not there.</param>
/// <param name="Production">Null when it is not there.</param>
public sealed record ParityCell(Platform Platform, bool IsExpected, PlatformImage? Preproduction, PlatformImage? Production)
{
    public ParityState State => (Preproduction, Production) switch
    {
        (null, null) => IsExpected ? ParityState.MissingInBoth : ParityState.NotExpected,
        (_, null) => ParityState.MissingInProduction,
        (null, _) => ParityState.MissingInPreproduction,
        var (tested, published) => tested.Digest == published.Digest ? ParityState.Equal : ParityState.Different,
    };

    public bool IsGood => State is ParityState.Equal or ParityState.NotExpected;
}
