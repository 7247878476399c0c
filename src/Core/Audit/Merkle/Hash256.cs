using System.Runtime.InteropServices;

namespace ReleaseDashboard.Core.Audit.Merkle;

/// <summary>A SHA-256 value, without an allocation of its own: trees are made of millions of them.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Hash256(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;

    /// <summary>The 32 bytes as they stand, on every machine in the same order.</summary>
    public static Hash256 Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Hash256>(bytes[..Length]);

    public void Write(Span<byte> target) => MemoryMarshal.Write(target, in this);

    /// <summary>Reads 64 hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(string? hex, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isHash = hex is { Length: 2 * Length } && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        hash = isHash ? Read(bytes) : default;
        return isHash;
    }

    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static Hash256 Parse(string hex) => TryParse(hex, out var hash) ? hash : throw new FormatException($"'{hex}' is no SHA-256 in hexadecimal.");

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
