using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Components.Feedback;

public sealed record Notification(long Id, GlyphState State, string Text);

/// <summary>Short messages about what the reader just did. They stay until closed, or until the eighth after them.</summary>
public sealed class Notifier
{
    private const int Shown = 8;
    private readonly List<Notification> _items = [];
    private long _last;

    public IReadOnlyList<Notification> Items => _items;

    public event Action? Changed;

    /// <summary>To be called on the circuit's own dispatcher, as any component does.</summary>
    public void Say(GlyphState state, string text)
    {
        _items.Add(new Notification(++_last, state, text));
        if (_items.Count > Shown)
            _items.RemoveAt(0);
        Changed?.Invoke();
    }

    public void Close(long id)
    {
        _items.RemoveAll(item => item.Id == id);
        Changed?.Invoke();
    }
}
