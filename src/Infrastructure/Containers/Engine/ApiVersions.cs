using System.Globalization;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Which version of the Engine API is spoken: the newest that both sides know.</summary>
internal static class ApiVersions
{
    /// <summary>The newest this client was written for.</summary>
    private const int Ours = 47;

    /// <summary>The oldest whose answers it reads (Docker 19.03).</summary>
    private const int Oldest = 40;

    public static Result<string, EngineError> Agree(string engine)
    {
        if (engine.Split('.') is not ["1", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var theirs))
            return EngineError.Of(EngineFailure.WrongVersion, $"What answers is no Docker Engine: it says API version '{engine}'.");
        return theirs < Oldest
            ? EngineError.Of(EngineFailure.WrongVersion, $"The Docker Engine speaks API version {engine}; 1.{Oldest} is the oldest that is understood.")
            : $"1.{Math.Min(Ours, theirs).ToString(CultureInfo.InvariantCulture)}";
    }
}
