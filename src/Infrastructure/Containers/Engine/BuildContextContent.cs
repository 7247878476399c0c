using System.Net;
using System.Net.Http.Headers;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>A folder, packed while it is sent: nothing of it is held in memory or on disk.</summary>
internal sealed class BuildContextContent : HttpContent
{
    private readonly BuildContext context;

    public BuildContextContent(BuildContext context)
    {
        this.context = context;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        this.context.WriteAsync(stream, cancellationToken);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => this.context.WriteAsync(stream, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
