using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ReleaseDashboard.Infrastructure.Audit.Listing;

/// <summary>
/// Finds the newest sequences that match, in a time that depends neither on how many entries there are nor on how few
/// match: every filter is answered from the beginning of one index. Where the action is open, each action that occurs is
/// looked up by itself and the answers are merged; so five indexes serve every combination of filters.
/// </summary>
internal sealed class AuditSeek(DbConnection connection, AuditSeekRange range, CancellationToken cancellationToken)
{
    private readonly AuditSeekSql sql = new(range, connection is SqliteConnection);

    public async Task<IReadOnlyList<long>> RunAsync()
    {
        if (range.End <= range.First)
            return [];
        if (range.Release is not null || range is { Actor: null, Project: null, Action: null })
            return await AskAsync(sql.Single(), null, range.First);
        var actions = range.IsExactAction ? [range.Action!] : await ActionsAsync();
        if (actions.Count == 0)
            return [];
        return sql.IsSqlite ? await MergeAsync(actions) : await AskAsync(sql.Arms(), actions.ToArray(), range.First);
    }

    private async Task<List<string>> ActionsAsync()
    {
        var all = await AuditActions.ListAsync(connection, cancellationToken);
        if (range.Action is { } prefix)
            all.RemoveAll(action => !action.StartsWith(prefix, StringComparison.Ordinal));
        return all;
    }

    // SQLite has no lateral join. Its statements cost microseconds, so the merge is made here.
    private async Task<IReadOnlyList<long>> MergeAsync(List<string> actions)
    {
        var found = new List<long>();
        var first = range.First;
        foreach (var action in actions)
        {
            found.AddRange(await AskAsync(sql.Arm(), action, first));
            found.Sort((one, other) => other.CompareTo(one));
            if (found.Count < range.Count)
                continue;
            // What is older than a full page cannot get onto it any more: the other actions need not look that far back.
            found.RemoveRange(range.Count, found.Count - range.Count);
            first = found[^1];
        }
        return found;
    }

    private async Task<List<long>> AskAsync(string text, object? actions, long first)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in sql.Values(actions, first))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        var found = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetInt64(0));
        return found;
    }
}
