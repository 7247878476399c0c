using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>Removes what nobody needs any more. The audit trail keeps what happened.</summary>
public sealed class NotificationHousekeeping(LedgerStore ledger, TimeProvider time)
{
    /// <summary>As long as GitHub lets a delivery be sent again by hand, and more.</summary>
    public static readonly TimeSpan ReceiptsKept = TimeSpan.FromDays(7);

    private static readonly TimeSpan DeliveriesKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan NoticesKept = TimeSpan.FromDays(90);

    // Longer than a code counts, and than messages are counted.
    private static readonly TimeSpan ConfirmationsKept = TimeSpan.FromDays(2);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (receipts, deliveries, notices, confirmations) = (now - ReceiptsKept, now - DeliveriesKept, now - NoticesKept, now - ConfirmationsKept);
        await ledger.AppendAsync(db => db.WebhookReceipts.Where(receipt => receipt.At < receipts).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await ledger.AppendAsync(db => db.Deliveries.Where(delivery => delivery.DueAt == null && delivery.CreatedAt < deliveries).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await ledger.AppendAsync(db => db.EmailConfirmations.Where(confirmation => confirmation.AskedAt < confirmations).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await ledger.AppendAsync(db => db.Notifications.Where(notice => notice.CreatedAt < notices).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }
}
