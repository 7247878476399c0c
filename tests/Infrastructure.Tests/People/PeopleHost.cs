using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.People;

/// <summary>People over one database, with a clock that the test sets.</summary>
internal sealed class PeopleHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public static Actor Administrator { get; } = Actor.Person("root", Roles.Administrator);

    private readonly ServiceProvider services;

    private PeopleHost(TestDatabase database)
    {
        Database = database;
        var collection = new ServiceCollection();
        collection.AddSingleton(database.Ledger).AddSingleton<TimeProvider>(Clock).AddPeople(sandbox: true);
        services = collection.BuildServiceProvider();
    }

    public TestDatabase Database { get; }

    public SettableClock Clock { get; } = new();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<PeopleHost> StartAsync(DatabaseKind kind) => new(await TestDatabase.CreateAsync(kind));

    public async Task AddAsync(string name, Roles roles) =>
        (await Get<Accounts>().CreateAsync(Administrator, name, null, Password, roles, CancellationToken.None)).Message.ShouldBe("");

    public async Task<Account> FindAsync(string name) => (await Get<AccountQueries>().FindByNameAsync(name, CancellationToken.None)).ShouldNotBeNull();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }
}

internal sealed class SettableClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => Now;
}
