namespace ReleaseDashboard.Sandbox.Webhooks;

/// <summary>The last deliveries, for whoever wonders why nothing arrived.</summary>
internal sealed class DeliveryLog
{
    private const int Most = 500;
    private readonly Lock gate = new();
    private readonly Queue<DeliveryRecord> records = new();

    public void Add(DeliveryRecord record)
    {
        lock (gate)
        {
            records.Enqueue(record);
            if (records.Count > Most)
                records.Dequeue();
        }
    }

    public IReadOnlyList<DeliveryRecord> List()
    {
        lock (gate)
            return [.. records];
    }
}

/// <param name="Id">Value of <c>X-GitHub-Delivery</c>.</param>
/// <param name="Event">Name of the event.</param>
/// <param name="Url">The receiver.</param>
/// <param name="Outcome">Status code, or why there is none.</param>
internal sealed record DeliveryRecord(Guid Id, string Event, string Url, string Outcome);
