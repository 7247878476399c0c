using ReleaseDashboard.Core.History;

namespace ReleaseDashboard.Core.Tests.History;

public sealed class TimeSegmentTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_FailedThenRetriedByPerson_WaitsForPersonBetween()
    {
        var step = Step("python.test", 1, Attempt(1, 0, 5, AttemptEnd.Failed), Attempt(2, 15, 20, AttemptEnd.Done)) with { FinishedAt = At(20) };
        TimeSegment.Of(step, At(99)).Select(part => (part.Use, part.From, part.To, part.Failed, part.Attempt)).ShouldBe(
        [
            (TimeUse.Running, At(0), At(5), true, 1),
            (TimeUse.People, At(5), At(15), false, null),
            (TimeUse.Running, At(15), At(20), false, 2),
        ]);
        (step.Failures, step.Retries).ShouldBe((1, 0));
    }

    [Fact]
    public void Of_RetriedByItself_PausesOutside()
    {
        var step = Step("pypi.verify", 3, Attempt(1, 0, 1, AttemptEnd.Failed), Attempt(2, 2, 3, AttemptEnd.Done)) with { FinishedAt = At(3) };
        TimeSegment.Of(step, At(99))[1].Use.ShouldBe(TimeUse.Outside);
        (step.Failures, step.Retries).ShouldBe((1, 1));
    }

    [Fact]
    public void Of_LostWorker_GoesOnByItself() =>
        Step("python.build", 1, Attempt(1, 0, 4, AttemptEnd.Lost), Attempt(2, 4, 6, AttemptEnd.Done)).Retries.ShouldBe(1);

    [Fact]
    public void Of_FailedAndNobodyCame_WaitsUntilNow()
    {
        var parts = TimeSegment.Of(Step("git.push", 1, Attempt(1, 0, 5, AttemptEnd.Failed)), At(30));
        parts[^1].ShouldBe(new TimeSegment(TimeUse.People, At(5), At(30), IsOpen: true));
    }

    [Fact]
    public void Of_OpenApproval_IsOpenAndOfPeople() =>
        TimeSegment.Of(Step("approval", 1, Attempt(1, 0, null, AttemptEnd.Open)), At(30)).ShouldBe([new TimeSegment(TimeUse.People, At(0), At(30), Attempt: 1, IsOpen: true)]);

    // Skipped by hand: nobody closed the attempt.
    [Fact]
    public void Of_SettledByHand_EndsWithTheStep() =>
        TimeSegment.Of(Step("github.checks", 1, Attempt(1, 0, null, AttemptEnd.Open)) with { FinishedAt = At(7) }, At(99))[^1].To.ShouldBe(At(7));

    [Fact]
    public void Times_ParallelWaits_CountOnce()
    {
        var times = ReleaseTimes.Of(At(0), At(30),
        [
            Step("approval", 1, Attempt(1, 0, 20, AttemptEnd.Done)) with { Key = "a", FinishedAt = At(20) },
            Step("checklist", 1, Attempt(1, 10, 30, AttemptEnd.Done)) with { Key = "b", StartedAt = At(10), FinishedAt = At(30), Stage = "two", StageTitle = "Two" },
            Step("git.tag", 1) with { Key = "c", StartedAt = null },
        ]);
        times.People.ShouldBe(TimeSpan.FromMinutes(30));
        times.Stages.Select(stage => (stage.Title, stage.Took, stage.People)).ShouldBe(
            [("One", TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20)), ("Two", TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20))]);
    }

    private static DateTimeOffset At(int minutes) => Start.AddMinutes(minutes);

    private static AttemptTime Attempt(int number, int from, int? to, AttemptEnd end) => new(number, At(from), to is { } known ? At(known) : null, end);

    private static StepTime Step(string kind, int tries, params AttemptTime[] attempts) => new("s", "Step", "one", "One", kind, tries, At(0), null, attempts);
}
