using System.Buffers.Binary;
using System.Text;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>
/// Makes whole static Linux programs of a few hundred bytes, for both processors that the tests build for: images need no base, and the
/// tests no compiler. <see href="https://refspecs.linuxfoundation.org/elf/elf.pdf"/>
/// </summary>
public static class TinyProgram
{
    private const ulong Base = 0x400000;
    private const int HeadSize = 64 + 56;
    private const int BufferSize = 8192;
    private const int ReadWriteExecute = 7;

    /// <summary>A program that does these things, one after the other, and ends with code 0.</summary>
    public static byte[] For(Platform platform, params ProgramAct[] acts)
    {
        acts = [.. acts, ProgramAct.Exit(0)];
        var isArm = platform.Architecture == "arm64";
        // The code is as long wherever its data lie: made once to measure, then again with the addresses.
        var size = Write(acts, isArm, 0).Code.Length;
        var (code, data) = Write(acts, isArm, Base + HeadSize + (ulong)size);
        return [.. Head(isArm ? (ushort)183 : (ushort)62, code.Length + data.Length), .. code, .. data];
    }

    private static (byte[] Code, byte[] Data) Write(ProgramAct[] acts, bool isArm, ulong dataAddress)
    {
        var data = new List<byte>();
        var total = (ulong)acts.Sum(act => act.Text.Length + 1);
        var code = new List<byte>();
        foreach (var act in acts)
        {
            var at = dataAddress + (ulong)data.Count;
            code.AddRange(isArm ? ArmCode.Of(act, at, dataAddress + total) : IntelCode.Of(act, at, dataAddress + total));
            data.AddRange([.. act.Text, 0]);
        }
        return ([.. code], [.. data]);
    }

    private static byte[] Head(ushort machine, int content)
    {
        var head = new byte[HeadSize];
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(head, 0);
        Short(16, 2);
        Short(18, machine);
        Int(20, 1);
        Long(24, Base + HeadSize);
        Long(32, 64);
        Short(52, 64);
        Short(54, 56);
        Short(56, 1);
        Int(64, 1);
        Int(68, ReadWriteExecute);
        Long(80, Base);
        Long(88, Base);
        Long(96, (ulong)(HeadSize + content));
        Long(104, (ulong)(HeadSize + content + BufferSize));
        Long(112, 0x1000);
        return head;

        void Short(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(at), value);
        void Int(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(at), value);
        void Long(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(head.AsSpan(at), value);
    }
}

/// <summary>One thing that a tiny program does.</summary>
public sealed record ProgramAct
{
    private ProgramAct(ProgramVerb verb, string text, int number) => (Verb, Text, Number) = (verb, Encoding.UTF8.GetBytes(text), number);

    internal ProgramVerb Verb { get; }

    internal byte[] Text { get; }

    internal int Number { get; }

    /// <summary>Writes a text to standard output.</summary>
    public static ProgramAct Print(string text) => new(ProgramVerb.Write, text, 1);

    /// <summary>Writes a text to standard error.</summary>
    public static ProgramAct Complain(string text) => new(ProgramVerb.Write, text, 2);

    /// <summary>Writes the beginning of a file to standard output; nothing when it is not there.</summary>
    public static ProgramAct Show(string path) => new(ProgramVerb.Show, path, 0);

    /// <summary>Makes a file; ends with code 7 when that is refused.</summary>
    public static ProgramAct Make(string path) => new(ProgramVerb.Make, path, 7);

    /// <summary>Does nothing until it is killed.</summary>
    public static ProgramAct Wait { get; } = new(ProgramVerb.Wait, "", 0);

    public static ProgramAct Exit(int code) => new(ProgramVerb.Exit, "", code);
}

internal enum ProgramVerb
{
    Write,
    Show,
    Make,
    Wait,
    Exit,
}
