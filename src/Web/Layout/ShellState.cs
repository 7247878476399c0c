namespace ReleaseDashboard.Web.Layout;

/// <summary>Who is signed in, as the top bar shows it.</summary>
/// <param name="MayManagePeople">Whether the menu leads to the people.</param>
public sealed record ShellUser(string Login, string DisplayName, bool MayManagePeople = false);

/// <summary>What the frame around every page shows. Whoever knows it better calls <see cref="Update"/>.</summary>
public sealed class ShellState
{
    /// <summary>Null while nobody is signed in.</summary>
    public ShellUser? User { get; private set; }

    /// <summary>Steps that wait for this person.</summary>
    public int NeedsYou { get; private set; }

    public event Action? Changed;

    public void Update(ShellUser? user, int needsYou)
    {
        (User, NeedsYou) = (user, needsYou);
        Changed?.Invoke();
    }
}
