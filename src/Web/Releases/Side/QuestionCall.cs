namespace ReleaseDashboard.Web.Releases.Side;

/// <summary>Lets another part of a page begin a question in its conversation. One for each circuit.</summary>
public sealed class QuestionCall
{
    /// <summary>Somebody wants to ask.</summary>
    public event Action? Asked;

    public void Ask() => Asked?.Invoke();
}
