namespace ReleaseDashboard.Web.Components.Forms;

/// <param name="Value">As it stands in the address.</param>
public sealed record FilterChoice(string Value, string Text)
{
    public static FilterChoice Of(string value) => new(value, value);
}
