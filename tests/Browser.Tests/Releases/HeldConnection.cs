using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.Releases;

/// <summary>Lets a page fall behind: what the server says is kept until it is let go, what the page says goes through.</summary>
internal sealed class HeldConnection
{
    private readonly Lock _gate = new();
    private readonly Queue<IWebSocketFrame> _kept = [];
    private IWebSocketRoute? _page;
    private bool _holds;

    /// <summary>To be called before the page connects.</summary>
    public Task AttachAsync(IPage page) => page.RouteWebSocketAsync("**/_blazor**", Route);

    public void Hold()
    {
        lock (_gate)
            _holds = true;
    }

    public void LetGo()
    {
        lock (_gate)
        {
            _holds = false;
            while (_kept.TryDequeue(out var frame))
                Send(_page!, frame);
        }
    }

    private void Route(IWebSocketRoute page)
    {
        var server = page.ConnectToServer();
        lock (_gate)
            _page = page;
        page.OnMessage(frame => Send(server, frame));
        server.OnMessage(frame =>
        {
            lock (_gate)
            {
                if (_holds)
                    _kept.Enqueue(frame);
                else
                    Send(page, frame);
            }
        });
    }

    private static void Send(IWebSocketRoute to, IWebSocketFrame frame)
    {
        if (frame.Binary is { } bytes)
            to.Send(bytes);
        else
            to.Send(frame.Text!);
    }
}
