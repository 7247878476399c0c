using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>Encrypts what channels need to get through, for exactly that channel: moved to another row it cannot be read.</summary>
public sealed class ChannelVault(IDataProtectionProvider protection)
{
    internal string Protect(Guid channel, ChannelSecret secret) => Protector(channel).Protect(JsonSerializer.Serialize(secret));

    /// <summary>Null when the row was moved or changed, or its key is gone.</summary>
    internal ChannelSecret? Read(ChannelRecord channel)
    {
        if (channel.Ciphertext is null)
            return new ChannelSecret();
        try
        {
            return JsonSerializer.Deserialize<ChannelSecret>(Protector(channel.Id).Unprotect(channel.Ciphertext));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(Guid channel) => protection.CreateProtector("ReleaseDashboard.Channels.v1", channel.ToString("D"));
}
