using System.Text.Json;
using System.Threading.Channels;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Webhooks;

/// <summary>Events on their way out. GitHub promises neither order nor arrival; the sandbox keeps the order.</summary>
internal sealed class Outbox(SandboxOptions options, TimeProvider time)
{
    private readonly Channel<Delivery> waiting = Channel.CreateUnbounded<Delivery>();

    public ChannelReader<Delivery> Waiting => waiting.Reader;

    /// <summary>Sends an event to everyone who wants it.</summary>
    /// <param name="repository">Where it happened.</param>
    /// <param name="name">Name of the event, such as <c>push</c>.</param>
    /// <param name="payload">The body.</param>
    public void Send(SandboxRepository repository, string name, object payload)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(payload, SandboxJson.Compact);
        var hooks = repository.State.Hooks.Where(hook => hook.Active).Select(hook => new WebhookTarget(hook.Url, hook.Secret, hook.Events));
        foreach (var target in options.WebhookTargets.Concat(hooks).Where(target => target.Wants(name)))
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            if (!waiting.Writer.TryWrite(new Delivery(id, target, name, body)))
                throw new InvalidOperationException("An unbounded channel refused a delivery.");
        }
    }
}

/// <param name="Id">Value of <c>X-GitHub-Delivery</c>.</param>
/// <param name="Target">The receiver.</param>
/// <param name="Event">Value of <c>X-GitHub-Event</c>.</param>
/// <param name="Body">The bytes that are signed and sent.</param>
internal sealed record Delivery(Guid Id, WebhookTarget Target, string Event, byte[] Body);
