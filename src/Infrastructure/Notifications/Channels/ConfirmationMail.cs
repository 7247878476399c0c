using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications.Mail;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>A message that asks whoever reads an address to confirm it, on its way to the mail server.</summary>
/// <param name="Id">Of its row.</param>
internal sealed record ConfirmationMail(Guid Id, string Address, ChannelMessage Message)
{
    public static string NewCode() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    /// <summary>
    /// Says who asks and for what, and nothing that the person could choose, such as the channel's name: else this would be a way to
    /// write to strangers.
    /// </summary>
    public static ConfirmationMail Of(Guid id, Guid channel, string address, string code, Actor actor, ChannelOwner owner, DateTimeOffset now)
    {
        var by = actor.Kind == "system" ? "An administrator" : actor.Name;
        var (what, who) = owner is ChannelOwner.Project project
            ? ($"notices of the project {project.Name}", "as somebody who manages the channels of that project")
            : ($"notices for {((ChannelOwner.Person)owner).Name}", $"as {((ChannelOwner.Person)owner).Name}");
        return new ConfirmationMail(id, address, new ChannelMessage(
            MailText.Confirmation,
            "Confirm this e-mail address",
            $"{by} gave this address for {what}. Open the link within {EmailConfirmations.Lifetime.TotalHours:0} hours, signed in {who}. It counts once.",
            NoticePaths.Confirm(owner.Path, channel, code), now, null, null, null, null, 0));
    }

    // The generated text would print the code.
    public override string ToString() => $"confirmation message {Id}";
}
