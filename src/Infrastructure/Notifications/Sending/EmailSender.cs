using ReleaseDashboard.Infrastructure.Notifications.Mail;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>E-mail through the installation's own server.</summary>
public sealed class EmailSender(NotificationOptions options, TimeProvider time) : IChannelSender
{
    public ChannelKind Kind => ChannelKind.Email;

    public async Task<SendOutcome> SendAsync(ChannelAddress address, Parcel parcel, CancellationToken cancellationToken)
    {
        if (options.Mail is not { } mail)
            return SendOutcome.Never("No mail server is set up. An administrator sets Mail:Host.");
        var text = MailText.Of(parcel, options, mail.From, address.Target, time.GetUtcNow());
        return await SmtpSession.SendAsync(mail, address.Target, text, options.Patience, cancellationToken);
    }
}
