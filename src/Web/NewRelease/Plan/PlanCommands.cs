using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Preparation.Plans;
using ReleaseDashboard.Web.Components.Commands;

namespace ReleaseDashboard.Web.NewRelease.Plan;

/// <summary>The lines of a planned step as the command list shows them.</summary>
public static partial class PlanCommands
{
    private static readonly string[] Verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<CommandView> Of(PlannedStep step)
    {
        var shown = new List<CommandView>();
        foreach (var variable in step.Environment)
            shown.Add(new CommandView(shown.Count == 0 ? "with" : null, CommandKind.Body, Tokens(variable)));
        PlanPhase? above = null;
        foreach (var line in step.Lines)
        {
            shown.Add(Of(line, line.Phase == above ? null : Word(line.Phase)));
            above = line.Phase;
        }

        return shown;
    }

    private static CommandView Of(PlanLine line, string? phase)
    {
        if (line.Text.StartsWith("$ ", StringComparison.Ordinal))
            return new CommandView(phase, CommandKind.Shell, Tokens(line.Text[2..]), Wants: line.Wants);
        var space = line.Text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && Verbs.Contains(line.Text[..space])
            ? new CommandView(phase, CommandKind.Http, Tokens(line.Text[(space + 1)..]), line.Text[..space], line.Wants)
            : new CommandView(phase, CommandKind.Body, Tokens(line.Text), Wants: line.Wants);
    }

    private static string Word(PlanPhase phase) => phase switch
    {
        PlanPhase.Check => "check",
        PlanPhase.Act => "act",
        PlanPhase.Verify => "verify",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, null),
    };

    /// <summary>Splits off dots that stand for secrets, and ‹names› that stand for what an earlier step will tell.</summary>
    private static List<CommandToken> Tokens(string text)
    {
        var tokens = new List<CommandToken>();
        // Quoted for its spaces, which are those of the description and not of the value.
        text = QuotedName().Replace(text, "${text}");
        var at = 0;
        foreach (var match in Special().EnumerateMatches(text))
        {
            if (match.Index > at)
                tokens.Add(new CommandToken(text[at..match.Index]));
            var special = text.Substring(match.Index, match.Length);
            tokens.Add(special[0] == '‹' ? new CommandToken(special[1..^1], CommandTokenKind.Later) : new CommandToken("", CommandTokenKind.Secret));
            at = match.Index + match.Length;
        }

        if (at < text.Length)
            tokens.Add(new CommandToken(text[at..]));
        return tokens;
    }

    [GeneratedRegex("'(?<text>[^'‹]*‹[^›']+›[^']*)'", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedName();

    [GeneratedRegex("‹[^›]+›|•{2,}|\\*{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex Special();
}
