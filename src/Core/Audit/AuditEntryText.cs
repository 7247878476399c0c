using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;

namespace ReleaseDashboard.Core.Audit;

/// <summary>
/// Makes the text that <see cref="AuditEntry.HashAfter"/> hashes from the database's own bytes, byte for byte the same and a
/// good ten times faster: one buffer for all entries, a table for what JSON escapes. Not for two threads at once.
/// </summary>
public sealed class AuditEntryText
{
    private const int FixedLength = 512;

    // As long as what one byte can become: \u0022.
    private const int MostPerByte = 6;

    private static readonly ulong[] Escaped = new ulong[128];
    private static readonly byte[] Lengths = new byte[128];

    private byte[] buffer = new byte[4096];
    private int length;

    static AuditEntryText()
    {
        // What System.Text.Json makes of each ASCII character, asked once.
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        for (var octet = 0; octet < Escaped.Length; octet++)
        {
            var inside = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(((char)octet).ToString()).AsSpan()[1..^1];
            Lengths[octet] = (byte)inside.Length;
            padded.Clear();
            inside.CopyTo(padded);
            Escaped[octet] = MemoryMarshal.Read<ulong>(padded);
        }
    }

    /// <summary>The text of an entry after the one with this hash: UTF-8, good until the next call.</summary>
    public ReadOnlySpan<byte> After(ReadOnlySpan<byte> previousHash, in RawAuditEntry entry)
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
        return buffer.AsSpan(0, length);
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
        // Every character is written as eight bytes, of which the next one overwrites those that do not count: no branch
        // for the many quotation marks, which a processor cannot foresee.
        Ensure((text.Length * MostPerByte) + sizeof(ulong) + 2);
        buffer[length++] = (byte)'"';
        var ascii = Ascii.IsValid(text) ? text.Length : text.IndexOfAnyInRange((byte)0x80, (byte)0xff);
        var (target, at) = (buffer, length);
        foreach (var octet in text[..ascii])
        {
            MemoryMarshal.Write(target.AsSpan(at, sizeof(ulong)), in Escaped[octet]);
            at += Lengths[octet];
        }
        length = at;
        // Rare in practice, and with rules of its own (pairs, replaced bytes): left to the library.
        NotAscii(text[ascii..]);
        Ensure(1);
        buffer[length++] = (byte)'"';
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
}
