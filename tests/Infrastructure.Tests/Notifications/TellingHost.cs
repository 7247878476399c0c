using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Notifications;

/// <summary>What tells people, over one database, moved on by the test instead of by loops.</summary>
internal sealed class TellingHost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TellingHost(TestDatabase database, ServiceProvider provider) => (Database, services) = (database, provider);

    public TestDatabase Database { get; }

    public Guid Project { get; } = Guid.CreateVersion7();

    public TestClock Clock => (TestClock)Get<TimeProvider>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static NotificationOptions Local { get; } = new()
    {
        AllowLocalAddresses = true,
        PublicUrl = new Uri("https://releases.example.org"),
        Together = TimeSpan.FromSeconds(20),
        Patience = TimeSpan.FromSeconds(10),
    };

    public static async Task<TellingHost> StartAsync(DatabaseKind kind, NotificationOptions? options = null)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var host = Open(database, options ?? Local, new EphemeralDataProtectionProvider());
        await database.Ledger.WriteAsync(
            write =>
            {
                write.Db.Projects.Add(new ProjectRecord
                {
                    Id = host.Project,
                    Name = "hello",
                    Repository = "example/hello",
                    IsSandbox = true,
                    Settings = new ProjectSettings { GitUrl = "https://git.example/p.git", WebUrl = "https://git.example/p", Package = "p", VersionFile = "p.py" },
                    CreatedAt = write.Now,
                    CreatedBy = "test",
                });
                return Task.FromResult(true);
            },
            CancellationToken.None);
        return host;
    }

    /// <summary>Another process's worth of services over the same database.</summary>
    public TellingHost Second() => Open(Database, Get<NotificationOptions>(), Get<IDataProtectionProvider>());

    private static TellingHost Open(TestDatabase database, NotificationOptions options, IDataProtectionProvider protection)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        collection.AddSingleton<TimeProvider>(new TestClock());
        collection.AddSingleton(protection);
        collection.AddSingleton(provider => database.OpenStore(new ChangeFeed(), provider.GetRequiredService<TimeProvider>()));
        collection.AddSingleton<StepCatalogue>().AddSingleton<ReleaseSnapshots>();
        collection.AddNotifications(options, isWorker: false);
        return new TellingHost(database, collection.BuildServiceProvider());
    }

    public async Task<UserRecord> AddPersonAsync(string name, Roles roles)
    {
        var user = new UserRecord
        {
            Id = Guid.CreateVersion7(), Name = name, NormalizedName = name.ToUpperInvariant(), DisplayName = name, Roles = roles, IsDisabled = false, SecurityStamp = "s", CreatedAt = Clock.GetUtcNow(),
        };
        await Database.Ledger.AppendAsync(
            async db =>
            {
                db.Users.Add(user);
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return user;
    }

    /// <summary>Writes an entry, as any action does.</summary>
    public Task AuditAsync(Actor actor, string action, string subject, object? after = null, Guid? project = null) =>
        Get<LedgerStore>().WriteAsync(
            write =>
            {
                write.Audit(actor, action, project, null, subject, null, after);
                return Task.FromResult(true);
            },
            CancellationToken.None);

    /// <summary>A notice for those who manage the project's secrets: the simplest that concerns a project.</summary>
    public Task WarnAsync(string secret) => AuditAsync(Actor.System, "secret.expiring", secret, new { ExpiresAt = Clock.GetUtcNow().AddDays(2) }, Project);

    public async Task FollowAsync()
    {
        while (await Get<TrailFollower>().AdvanceAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>Sends what is due now, and waits until it is out or failed.</summary>
    public async Task<DateTimeOffset?> SendAsync()
    {
        var next = await Get<DeliverySender>().StartDueAsync(() => { }, CancellationToken.None);
        await Get<DeliverySender>().FinishAsync();
        return next;
    }

    public async Task<ChannelMade> AddChannelAsync(ChannelOwner owner, ChannelDraft draft)
    {
        var made = await Get<ChannelActions>().AddAsync(Actor.System, owner, draft, CancellationToken.None);
        made.IsOk.ShouldBeTrue(made.Error?.Message);
        return made.Value;
    }

    public ChannelOwner OfProject => new ChannelOwner.Project(Project, "hello");

    public async Task<ChannelSummary> ChannelAsync(ChannelOwner owner) => (await Get<ChannelQueries>().ListAsync(owner, CancellationToken.None)).ShouldHaveSingleItem();

    public Task<IReadOnlyList<InboxItem>> InboxAsync(UserRecord user) => Get<Inbox>().ListAsync(user.Id, unreadOnly: false, 100, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Ends only this process's services; the database stays.</summary>
    public ValueTask StopAsync() => services.DisposeAsync();
}

/// <summary>A clock that the test moves; its timers are real.</summary>
internal sealed class TestClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}
