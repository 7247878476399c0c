namespace ReleaseDashboard.Core.Notifications;

/// <summary>Paths that notices lead to: straight to the place where something is to be done.</summary>
public static class NoticePaths
{
    public const string Account = "/settings";
    public const string MyChannels = "/settings/notifications";

    public static string Step(Guid release, string step) => $"/releases/{release:D}?step={Uri.EscapeDataString(step)}";

    public static string Approve(Guid release, string step) => $"/releases/{release:D}/approve/{Uri.EscapeDataString(step)}";

    public static string Release(Guid release) => $"/releases/{release:D}";

    public static string Project(string name) => $"/projects/{Uri.EscapeDataString(name)}";

    public static string Secrets(string project) => Project(project) + "/secrets";

    public static string Channels(string project) => Project(project) + "/channels";

    /// <param name="channels">The page of the channels.</param>
    /// <param name="code">What the confirmation message proves: hex digits.</param>
    public static string Confirm(string channels, Guid channel, string code) => $"{channels}?channel={channel:D}&code={code}";
}
