namespace ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;

/// <summary>How long a condition may take, in milliseconds: far more than an idle machine needs.</summary>
internal static class Wait
{
    /// <summary>The repository and the indexes are read.</summary>
    public const int Reading = 60_000;

    /// <summary>The steps up to the next that is waited for.</summary>
    public const int Steps = 180_000;
}
