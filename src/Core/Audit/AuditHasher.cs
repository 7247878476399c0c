using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;

namespace ReleaseDashboard.Core.Audit;

/// <summary>
/// Computes <see cref="AuditEntry.HashAfter"/> from the database's own bytes, byte for byte the same text and a good ten
/// times faster: one buffer for all entries, a table for what JSON escapes. Not for two threads at once.
/// </summary>
public sealed class AuditHasher
{
    private const int FixedLength = 512;

    // As long as what one byte can become: \u0022.
    private const int MostPerByte = 6;

    private static readonly byte[]?[] Escapes = MakeEscapes();

    private byte[] buffer = new byte[4096];
    private int length;

    /// <summary>Writes the entry's SHA-256 to <paramref name="hash"/> (32 bytes).</summary>
    public void HashAfter(ReadOnlySpan<byte> previousHash, in RawAuditEntry entry, Span<byte> hash)
    {
        length = 0;
        Ensure(FixedLength);
        buffer[length++] = (byte)'[';
        Text(previousHash);
        Number(entry.Sequence);
        Number(entry.At);
        Separate(entry.ActorKind);
        Separate(entry.ActorName);
        Separate(entry.Action);
        Id(entry.ProjectId);
        Id(entry.ReleaseId);
        Separate(entry.Subject);
        Optional(entry.HasBefore, entry.Before);
        Optional(entry.HasAfter, entry.After);
        Ensure(1);
        buffer[length++] = (byte)']';
        SHA256.HashData(buffer.AsSpan(0, length), hash);
    }

    private void Number(long value)
    {
        Ensure(32);
        Put(",\""u8);
        Utf8Formatter.TryFormat(value, buffer.AsSpan(length), out var written);
        length += written;
        buffer[length++] = (byte)'"';
    }

    private void Id(Guid? id)
    {
        Ensure(48);
        if (id is not { } value)
        {
            Put(",null"u8);
            return;
        }
        Put(",\""u8);
        Utf8Formatter.TryFormat(value, buffer.AsSpan(length), out var written);
        length += written;
        buffer[length++] = (byte)'"';
    }

    private void Optional(bool has, ReadOnlySpan<byte> text)
    {
        if (has)
        {
            Separate(text);
            return;
        }
        Ensure(8);
        Put(",null"u8);
    }

    private void Separate(ReadOnlySpan<byte> text)
    {
        Ensure(1);
        buffer[length++] = (byte)',';
        Text(text);
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        Ensure((text.Length * MostPerByte) + 2);
        var target = buffer;
        var at = length;
        target[at++] = (byte)'"';
        for (var index = 0; index < text.Length; index++)
        {
            var octet = text[index];
            if (octet >= 0x80)
            {
                // Rare in practice, and with rules of its own (pairs, replaced bytes): left to the library.
                length = at;
                NotAscii(text[index..]);
                at = length;
                target = buffer;
                break;
            }
            if (Escapes[octet] is { } escape)
            {
                escape.CopyTo(target.AsSpan(at));
                at += escape.Length;
            }
            else
            {
                target[at++] = octet;
            }
        }
        target[at++] = (byte)'"';
        length = at;
    }

    private void NotAscii(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            Ensure((text.Length * MostPerByte) + 2);
            JavaScriptEncoder.Default.EncodeUtf8(text, buffer.AsSpan(length), out var consumed, out var written);
            length += written;
            text = text[consumed..];
            if (consumed == 0)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }

    private void Ensure(int more)
    {
        if (buffer.Length - length < more)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + more));
    }

    /// <summary>What System.Text.Json makes of each ASCII character, asked once; null where it stays.</summary>
    private static byte[]?[] MakeEscapes()
    {
        var table = new byte[]?[128];
        for (var octet = 0; octet < table.Length; octet++)
        {
            var text = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(((char)octet).ToString());
            var inside = text[1..^1];
            table[octet] = inside.Length == 1 ? null : inside;
        }
        return table;
    }
}
