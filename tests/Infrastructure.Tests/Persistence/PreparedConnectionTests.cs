using System.Data.Common;
using Microsoft.Data.Sqlite;
using ReleaseDashboard.Infrastructure.Persistence.Sqlite;

namespace ReleaseDashboard.Infrastructure.Tests.Persistence;

public sealed class PreparedConnectionTests : IAsyncLifetime
{
    private const string Insert = "INSERT INTO facts VALUES (@value)";

    private readonly PreparedConnection connection = new("Data Source=:memory:");

    public async ValueTask InitializeAsync()
    {
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("CREATE TABLE facts (value TEXT NOT NULL UNIQUE)");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    [Fact]
    public async Task Command_SameTextAgain_RunsTheKeptOneWithNewValues()
    {
        var first = connection.Take(Insert);
        connection.GiveBack(first);
        await ExecuteAsync(Insert, "one");
        await ExecuteAsync(Insert, "two");
        (await FactsAsync()).ShouldBe(["one", "two"]);
        connection.Take(Insert).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task Command_AfterItFailed_RunsAgain()
    {
        await ExecuteAsync(Insert, "one");
        await Should.ThrowAsync<SqliteException>(() => ExecuteAsync(Insert, "one"));
        await ExecuteAsync(Insert, "two");
        (await FactsAsync()).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Command_SameTextWhileItIsRead_IsAnotherOne()
    {
        await ExecuteAsync(Insert, "one");
        await ExecuteAsync(Insert, "two");
        await using var outer = Command("SELECT value FROM facts ORDER BY value");
        await using var reader = await outer.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await FactsAsync()).ShouldBe(["one", "two"]);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        reader.GetString(0).ShouldBe("two");
    }

    [Fact]
    public async Task Command_LeftHalfRead_HoldsNothing()
    {
        await ExecuteAsync(Insert, "one");
        await ExecuteAsync(Insert, "two");
        await using (var command = Command("SELECT value FROM facts ORDER BY value"))
            (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("one");
        await ExecuteAsync("DROP TABLE facts"); // SQLite refuses this while a statement reads the table.
        await ExecuteAsync("CREATE TABLE facts (value TEXT NOT NULL UNIQUE)");
        (await FactsAsync()).ShouldBeEmpty();
    }

    private DbCommand Command(string text)
    {
        // As the mapper does it: through the general type.
        var command = ((DbConnection)connection).CreateCommand();
        command.CommandText = text;
        return command;
    }

    private async Task ExecuteAsync(string text, string? value = null)
    {
        await using var command = Command(text);
        if (value is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@value", value);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<List<string>> FactsAsync()
    {
        await using var command = Command("SELECT value FROM facts ORDER BY value");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            values.Add(reader.GetString(0));
        return values;
    }
}
