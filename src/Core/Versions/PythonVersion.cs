using System.Numerics;

namespace ReleaseDashboard.Core.Versions;

/// <summary>
/// A version of a Python package by PEP 440 (packaging.python.org/specifications/version-specifiers). Two versions are
/// equal when they compare as equal, so <c>1.0</c> equals <c>1.0.0</c>, although each prints as it was written.
/// Numbers have any size: dates are common as versions, and indexes hold longer ones.
/// </summary>
public sealed class PythonVersion : IEquatable<PythonVersion>, IComparable<PythonVersion>
{
    internal PythonVersion(
        BigInteger epoch, IReadOnlyList<BigInteger> release, PreRelease? pre, BigInteger? post, BigInteger? dev, IReadOnlyList<string> local)
    {
        (Epoch, Release, Pre, Post, Dev, Local) = (epoch, release, pre, post, dev, local);
    }

    /// <summary>0 unless the version starts with <c>N!</c>.</summary>
    public BigInteger Epoch { get; }

    /// <summary>The numbers between the dots, at least one.</summary>
    public IReadOnlyList<BigInteger> Release { get; }

    /// <summary>Alpha, beta or release candidate; null for none.</summary>
    public PreRelease? Pre { get; }

    /// <summary>The post-release number, or null.</summary>
    public BigInteger? Post { get; }

    /// <summary>The development-release number, or null.</summary>
    public BigInteger? Dev { get; }

    /// <summary>The segments after <c>+</c>, in small letters; empty for none. Public indexes refuse them.</summary>
    public IReadOnlyList<string> Local { get; }

    /// <summary>Neither alpha, beta, candidate nor development release. Post-releases are final.</summary>
    public bool IsFinal => !IsPreRelease;

    /// <summary>Alpha, beta, candidate or development release: pip installs it on request only.</summary>
    public bool IsPreRelease => Pre is not null || Dev is not null;

    /// <summary>The first three numbers, missing ones as 0.</summary>
    public (BigInteger Major, BigInteger Minor, BigInteger Patch) Triple => (Part(0), Part(1), Part(2));

    /// <summary>Reads any spelling PEP 440 allows. False with the reason, a clause for people, when it allows none.</summary>
    public static bool TryParse(string? text, out PythonVersion version, out string reason)
    {
        var parsed = PythonVersionParser.Parse(text, out reason);
        version = parsed ?? Zero;
        return parsed is not null;
    }

    /// <summary>As <see cref="TryParse"/>; throws <see cref="FormatException"/> with the reason.</summary>
    public static PythonVersion Parse(string text) =>
        TryParse(text, out var version, out var reason) ? version : throw new FormatException(reason);

    /// <summary>Without alpha, beta, candidate or development tag: <c>1.2.0b1</c> becomes <c>1.2.0</c>. A final version stays as it is.</summary>
    public PythonVersion WithoutPreRelease() => this switch
    {
        { Pre: not null } => Final(Release),
        { Dev: not null } => new PythonVersion(Epoch, Release, null, Post, null, []),
        _ => this,
    };

    /// <summary>
    /// The next final version of the form X.Y.Z: 1.2.0 and 1.2 give 1.2.1, 1.2.0b1 gives 1.2.0. The tests are moved to it
    /// once a version is built. Versions with more than three numbers keep their form.
    /// </summary>
    public PythonVersion NextFinal()
    {
        var own = Final([.. Release, .. Enumerable.Repeat(BigInteger.Zero, Math.Max(0, 3 - Release.Count))]);
        return own > this ? own : Final([.. own.Release.SkipLast(1), own.Release[^1] + 1]);
    }

    /// <summary>
    /// The version that development goes on with: 1.2.0 gives 1.2.1b1, 1.2.0b1 gives 1.2.0b2, an alpha or development release
    /// gives the first beta of its own version, a candidate gives the first beta of the next.
    /// </summary>
    public PythonVersion NextBeta() => this switch
    {
        { Pre.Stage: PreReleaseStage.Beta, Post: null, Dev: not null } => new(Epoch, Release, Pre, null, null, []),
        { Pre: { Stage: PreReleaseStage.Beta } beta } => Beta(Release, beta.Number + 1),
        { Pre.Stage: PreReleaseStage.Alpha } => Beta(Release, 1),
        { Pre: null, Post: null, Dev: not null } => Beta(Release, 1),
        _ => Beta(Final(Release).NextFinal().Release, 1),
    };

    public int CompareTo(PythonVersion? other) => PythonVersionOrder.Compare(this, other);

    public bool Equals(PythonVersion? other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as PythonVersion);

    public override int GetHashCode() => PythonVersionOrder.Hash(this);

    /// <summary>The normal form, such as <c>1!1.0.0rc1.post2.dev3+ubuntu.1</c>.</summary>
    public override string ToString() =>
        (Epoch.IsZero ? "" : $"{Epoch}!")
        + string.Join('.', Release)
        + Pre
        + (Post is { } post ? $".post{post}" : "")
        + (Dev is { } dev ? $".dev{dev}" : "")
        + (Local.Count == 0 ? "" : "+" + string.Join('.', Local));

    public static bool operator ==(PythonVersion? left, PythonVersion? right) => Equals(left, right);

    public static bool operator !=(PythonVersion? left, PythonVersion? right) => !Equals(left, right);

    public static bool operator <(PythonVersion? left, PythonVersion? right) => PythonVersionOrder.Compare(left, right) < 0;

    public static bool operator >(PythonVersion? left, PythonVersion? right) => PythonVersionOrder.Compare(left, right) > 0;

    public static bool operator <=(PythonVersion? left, PythonVersion? right) => PythonVersionOrder.Compare(left, right) <= 0;

    public static bool operator >=(PythonVersion? left, PythonVersion? right) => PythonVersionOrder.Compare(left, right) >= 0;

    internal static PythonVersion Zero { get; } = new(0, [0], null, null, null, []);

    internal PythonVersion Final(IReadOnlyList<BigInteger> release) => new(Epoch, release, null, null, null, []);

    private PythonVersion Beta(IReadOnlyList<BigInteger> release, BigInteger number) =>
        new(Epoch, release, new PreRelease(PreReleaseStage.Beta, number), null, null, []);

    private BigInteger Part(int index) => index < Release.Count ? Release[index] : BigInteger.Zero;
}
