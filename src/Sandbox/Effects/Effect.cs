namespace ReleaseDashboard.Sandbox.Effects;

/// <summary>A change that a simulated service carried out.</summary>
/// <param name="Service">Who carried it out: <c>git</c>, <c>github</c>, <c>pypi</c> ...</param>
/// <param name="Action">What was done, such as <c>push</c> or <c>release.publish</c>.</param>
/// <param name="Subject">What it was done to, such as <c>acme/tool refs/tags/v1.0.0</c>.</param>
/// <param name="Digest">Commit id or file hash the subject has now.</param>
/// <param name="Actor">Login of the person whose token was used.</param>
/// <param name="From">What it was before: the digest a tag pointed to, or the repository a blob was mounted from.</param>
public sealed record Effect(string Service, string Action, string Subject, string? Digest = null, string? Actor = null, string? From = null);

/// <summary>An effect as it stands in the log.</summary>
/// <param name="Sequence">Place in the log, from 1, without gaps.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Service">See <see cref="Effect"/>.</param>
/// <param name="Action">See <see cref="Effect"/>.</param>
/// <param name="Subject">See <see cref="Effect"/>.</param>
/// <param name="Digest">See <see cref="Effect"/>.</param>
/// <param name="Actor">See <see cref="Effect"/>.</param>
/// <param name="From">See <see cref="Effect"/>.</param>
public sealed record EffectEntry(
    long Sequence, DateTimeOffset Time, string Service, string Action, string Subject, string? Digest, string? Actor, string? From = null);
