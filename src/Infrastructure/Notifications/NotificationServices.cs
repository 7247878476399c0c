using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Notifications;

public static class NotificationServices
{
    /// <summary>What tells people. Only a worker follows the trail and sends; every process reads, and can try a channel.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, NotificationOptions options, bool isWorker)
    {
        services.AddSingleton(options);
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<ChannelVault>();
        services.AddSingleton<EmailSender>();
        services.AddSingleton<IChannelSender>(provider => provider.GetRequiredService<EmailSender>());
        services.AddSingleton<IChannelSender, SlackSender>();
        services.AddSingleton<IChannelSender, DiscordSender>();
        services.AddSingleton<IChannelSender, MatrixSender>();
        services.AddSingleton<IChannelSender, WebhookSender>();
        services.AddSingleton<ChannelSenders>();
        services.AddSingleton<ChannelRules>();
        services.AddSingleton<ChannelQueries>();
        services.TryAddSingleton<RefusalTrail>();
        services.AddSingleton<EmailConfirmations>();
        services.AddSingleton<ChannelActions>();
        services.AddSingleton<ChannelTest>();
        services.AddSingleton<Follows>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<MyWorkQueries>();
        services.AddSingleton<NoticeSceneReader>();
        services.AddSingleton<OutgoingMessages>();
        services.AddSingleton<TrailFollower>();
        services.AddSingleton<DeliveryResults>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<NotificationHousekeeping>();
        services.AddSingleton<SecretExpiry>();
        if (isWorker)
            services.AddHostedService<NotificationService>();
        return services;
    }
}
