namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>What a Dockerfile is read for.</summary>
/// <param name="Target">The platform that the image is for.</param>
/// <param name="Build">The platform of the machine that builds.</param>
/// <param name="Arguments">Build arguments as NAME=VALUE; they take the place of the defaults in the file.</param>
public sealed record BuildSetting(Platform Target, Platform Build, IReadOnlyList<string> Arguments)
{
    public static BuildSetting Default { get; } = new(Platform.LinuxAmd64, Platform.LinuxAmd64, []);

    /// <summary>The arguments that builders set by themselves (docs.docker.com/reference/dockerfile, "Automatic platform ARGs").</summary>
    public IReadOnlyDictionary<string, string> Automatic => new Dictionary<string, string>
    {
        ["TARGETPLATFORM"] = Target.ToString(),
        ["TARGETOS"] = Target.Os,
        ["TARGETARCH"] = Target.Architecture,
        ["TARGETVARIANT"] = Target.Variant ?? "",
        ["BUILDPLATFORM"] = Build.ToString(),
        ["BUILDOS"] = Build.Os,
        ["BUILDARCH"] = Build.Architecture,
        ["BUILDVARIANT"] = Build.Variant ?? "",
    };

    internal IReadOnlyDictionary<string, string> Given
    {
        get
        {
            var given = new Dictionary<string, string>();
            foreach (var argument in Arguments)
            {
                var equals = argument.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                    given[argument[..equals]] = argument[(equals + 1)..];
            }
            return given;
        }
    }
}
