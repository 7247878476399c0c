using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Notifications;

namespace ReleaseDashboard.Core.Tests.Notifications;

public sealed class NoticeSettlementTests
{
    private static readonly Guid Release = Guid.CreateVersion7();

    [Theory]
    [InlineData("approval.reject", null, false)]
    [InlineData("approval.lapse", null, false)]
    [InlineData("approval.void", null, true)]
    [InlineData("approval.approve", "rita", false)]
    [InlineData("step.retry", null, false)]
    public void Of_WhatEndsACall_SettlesItForWhomItConcerns(string action, string? person, bool onlyEarlier)
    {
        var settled = NoticeSettlement.Of(Entry(action)).ShouldNotBeNull();
        (settled.Release, settled.Step, settled.Person, settled.OnlyEarlier).ShouldBe((Release, "approve", person, onlyEarlier));
    }

    [Theory]
    [InlineData("approval.ask")]
    [InlineData("approval.remind")]
    [InlineData("comment.add")]
    public void Of_AnythingElse_SettlesNothing(string action) => NoticeSettlement.Of(Entry(action)).ShouldBeNull();

    private static AuditEntry Entry(string action) => new(1, DateTimeOffset.UnixEpoch, "person", "rita", action, Guid.CreateVersion7(), Release, "approve", null, null);
}
