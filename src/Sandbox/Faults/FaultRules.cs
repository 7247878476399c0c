using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.Faults;

/// <summary>The faults in force. They live as long as the process: a restarted sandbox is a healthy one.</summary>
public sealed class FaultRules
{
    private readonly Lock gate = new();
    private readonly List<Counted> rules = [];
    private int added;

    /// <summary>Puts a rule in force.</summary>
    /// <returns>The rule with its id.</returns>
    public FaultRule Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (gate)
        {
            added++;
            var named = rule.Id.Length > 0 ? rule : rule with { Id = added.ToString(CultureInfo.InvariantCulture) };
            rules.Add(new Counted(named));
            return named;
        }
    }

    /// <returns>Whether there was such a rule.</returns>
    public bool Remove(string id)
    {
        lock (gate)
            return rules.RemoveAll(counted => counted.Rule.Id == id) > 0;
    }

    public void Clear()
    {
        lock (gate)
            rules.Clear();
    }

    /// <summary>All rules with their counts, spent ones included.</summary>
    public IReadOnlyList<FaultState> List()
    {
        lock (gate)
            return [.. rules.Select(counted => new FaultState(counted.Rule, counted.Seen, counted.Applied))];
    }

    internal FaultRule? Take(string method, string path, string? registry = null)
    {
        lock (gate)
            return rules.FirstOrDefault(counted => counted.Matches(method, path, registry) && counted.TakesNext())?.Rule;
    }

    private sealed class Counted(FaultRule rule)
    {
        private readonly Regex path = new(
            "^" + Regex.Escape(rule.Path).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1));

        public FaultRule Rule => rule;

        public int Seen { get; private set; }

        public int Applied { get; private set; }

        public bool Matches(string method, string requested, string? registry) =>
            (rule.Registry is null || rule.Registry == registry)
            && (rule.Method == "*" || string.Equals(rule.Method, method, StringComparison.OrdinalIgnoreCase)) && path.IsMatch(requested);

        public bool TakesNext()
        {
            Seen++;
            if (Seen <= rule.Skip || Applied >= rule.Times)
                return false;
            Applied++;
            return true;
        }
    }
}
