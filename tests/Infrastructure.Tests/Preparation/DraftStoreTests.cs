using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Preparation.Drafts;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

public sealed class DraftStoreTests
{
    private static readonly Actor Other = Actor.Person("other", Roles.Maintainer | Roles.Administrator);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draft_SavedThenRestarted_IsThereForItsOwnerOnly()
    {
        await using var world = await PreparationWorld.StartAsync();
        var draft = (await world.Get<DraftStore>().CreateAsync(PreparationWorld.Maintainer, world.Project.Id, Stop)).ShouldNotBeNull();
        (await world.Get<DraftStore>().SaveAsync(PreparationWorld.Maintainer, draft.Id, "1.2.", "preflight", Stop)).IsDone.ShouldBeTrue();
        await world.RestartAsync();
        var store = world.Get<DraftStore>();

        (await store.LoadAsync(PreparationWorld.Maintainer, draft.Id, Stop)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            own => own.Version.ShouldBe("1.2."), own => own.Page.ShouldBe("preflight"));
        (await store.ListAsync(PreparationWorld.Maintainer, Stop)).Count.ShouldBe(1);
        (await store.LoadAsync(Other, draft.Id, Stop)).ShouldBeNull();
        (await store.SaveAsync(Other, draft.Id, "6.6.6", "plan", Stop)).Refusal.ShouldBe(Refusal.NotFound);
        (await store.DeleteAsync(Other, draft.Id, Stop)).Refusal.ShouldBe(Refusal.NotFound);
        (await store.DeleteAsync(PreparationWorld.Maintainer, draft.Id, Stop)).IsDone.ShouldBeTrue();
        (await store.ListAsync(PreparationWorld.Maintainer, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_UnknownProject_IsNull()
    {
        await using var world = await PreparationWorld.StartAsync();

        (await world.Get<DraftStore>().CreateAsync(PreparationWorld.Maintainer, Guid.CreateVersion7(), Stop)).ShouldBeNull();
    }
}
