using System.Text.Json.Serialization;

namespace ReleaseDashboard.Core.Steps;

/// <summary>Why a step stopped, said so that a tired person knows what to do.</summary>
/// <param name="Code">Stable short name of the cause, e.g. <c>tests-failed</c>, <c>version-exists</c>, <c>wrong-token</c>.</param>
/// <param name="What">What happened, one sentence.</param>
/// <param name="Why">The cause, as far as it is known; the remote's own words where there are some.</param>
/// <param name="WhatToDo">The way on.</param>
/// <param name="Lines">The lines of output that say why, masked; empty when there are none.</param>
[method: JsonConstructor]
public sealed record StepError(string Code, string What, string Why, string WhatToDo, IReadOnlyList<string> Lines)
{
    public StepError(string code, string what, string why, string whatToDo)
        : this(code, what, why, whatToDo, []) { }

    /// <summary>All of it in one paragraph, for places that have no room for parts.</summary>
    [JsonIgnore]
    public string Told => string.Join(' ', new[] { What, Why, WhatToDo }.Where(part => part.Length > 0));

    public bool Equals(StepError? other) =>
        other is not null && (Code, What, Why, WhatToDo) == (other.Code, other.What, other.Why, other.WhatToDo) && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => HashCode.Combine(Code, What, Why, WhatToDo, Lines.Count);
}
