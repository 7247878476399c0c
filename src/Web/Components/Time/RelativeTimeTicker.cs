namespace ReleaseDashboard.Web.Components.Time;

/// <summary>One timer for every relative time on every page: it runs only while somebody looks.</summary>
public sealed class RelativeTimeTicker(TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Action? _ticked;
    private ITimer? _timer;

    /// <summary>Calls back every <see cref="Period"/> on a pool thread, until disposed.</summary>
    public IDisposable Subscribe(Action tick)
    {
        lock (_gate)
        {
            _ticked += tick;
            _timer ??= clock.CreateTimer(_ => Tick(), null, Period, Period);
        }

        return new Subscription(this, tick);
    }

    public void Dispose()
    {
        lock (_gate)
            _timer?.Dispose();
    }

    private void Tick()
    {
        Action? ticked;
        lock (_gate)
            ticked = _ticked;
        ticked?.Invoke();
    }

    private void Unsubscribe(Action tick)
    {
        lock (_gate)
        {
            _ticked -= tick;
            if (_ticked is not null)
                return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private sealed class Subscription(RelativeTimeTicker ticker, Action tick) : IDisposable
    {
        public void Dispose() => ticker.Unsubscribe(tick);
    }
}
