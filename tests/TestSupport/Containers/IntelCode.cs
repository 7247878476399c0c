using System.Buffers.Binary;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>Machine code for 64-bit Intel processors.</summary>
internal static class IntelCode
{
    private const byte Rax = 0xB8, Rdx = 0xBA, Rsi = 0xBE, Rdi = 0xBF;
    private static readonly byte[] SystemCall = [0x0F, 0x05];
    private static readonly byte[] RdiFromRax = [0x48, 0x89, 0xC7];
    private static readonly byte[] RdxFromRax = [0x48, 0x89, 0xC2];

    public static byte[] Of(ProgramAct act, ulong text, ulong buffer) => act.Verb switch
    {
        ProgramVerb.Write => [.. Call(1, (Rdi, (ulong)act.Number), (Rsi, text), (Rdx, (ulong)act.Text.Length))],
        ProgramVerb.Show =>
        [
            .. Call(2, (Rdi, text), (Rsi, 0), (Rdx, 0)),
            .. RdiFromRax, .. Call(0, (Rsi, buffer), (Rdx, 4096)),
            .. RdxFromRax, .. Call(1, (Rdi, 1), (Rsi, buffer)),
        ],
        ProgramVerb.Make =>
        [
            // open for writing, made when it is not there
            .. Call(2, (Rdi, text), (Rsi, 0x41), (Rdx, 0x1B6)),
            // test rax, rax; jns over the exit
            0x48, 0x85, 0xC0, 0x79, (byte)Call(60, (Rdi, 7)).Length, .. Call(60, (Rdi, 7)),
        ],
        // pause, and again when a signal comes
        ProgramVerb.Wait => [.. Call(34), 0xEB, unchecked((byte)-(Call(34).Length + 2))],
        _ => Call(60, (Rdi, (ulong)act.Number)),
    };

    private static byte[] Call(ulong number, params (byte Register, ulong Value)[] arguments) =>
        [.. arguments.SelectMany(argument => Set(argument.Register, argument.Value)), .. Set(Rax, number), .. SystemCall];

    private static byte[] Set(byte register, ulong value)
    {
        var code = new byte[10];
        (code[0], code[1]) = (0x48, register);
        BinaryPrimitives.WriteUInt64LittleEndian(code.AsSpan(2), value);
        return code;
    }
}
