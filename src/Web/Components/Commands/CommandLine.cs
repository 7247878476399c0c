namespace ReleaseDashboard.Web.Components.Commands;

public enum CommandTokenKind
{
    Text,

    /// <summary>Never shown: whatever the text is, dots take its place.</summary>
    Secret,

    /// <summary>A value known when an earlier step is done.</summary>
    Later,
}

public sealed record CommandToken(string Text, CommandTokenKind Kind = CommandTokenKind.Text);

public enum CommandKind
{
    /// <summary>A program and its arguments, after "$".</summary>
    Shell,

    /// <summary>An HTTP call; <see cref="CommandView.Verb"/> is its method.</summary>
    Http,

    /// <summary>A line of the request's body.</summary>
    Body,
}

/// <summary>One command or call of a plan.</summary>
/// <param name="Phase">"check", "act", "verify"; null repeats the one above.</param>
/// <param name="Wants">What the step expects to see: "404", "c2f0a16".</param>
/// <param name="AlreadyDone">Why there is nothing to do, when observation showed so.</param>
public sealed record CommandView(
    string? Phase, CommandKind Kind, IReadOnlyList<CommandToken> Tokens, string? Verb = null, string? Wants = null,
    string? Note = null, string? AlreadyDone = null);
