using System.Buffers.Binary;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>Machine code for 64-bit ARM processors.</summary>
internal static class ArmCode
{
    private const uint SystemCall = 0xD4000001;
    private const uint ThisFolder = 0x92800C60; // movn x0, #99: "relative to the current folder"

    public static byte[] Of(ProgramAct act, ulong text, ulong buffer) => Bytes(act.Verb switch
    {
        ProgramVerb.Write => Call(64, (0, (ulong)act.Number), (1, text), (2, (ulong)act.Text.Length)),
        ProgramVerb.Show =>
        [
            ThisFolder, .. Call(56, (1, text), (2, 0), (3, 0)),
            .. Call(63, (1, buffer), (2, 4096)),
            0xAA0003E2 /* mov x2, x0 */, .. Call(64, (0, 1), (1, buffer)),
        ],
        ProgramVerb.Make =>
        [
            ThisFolder, .. Call(56, (1, text), (2, 0x41), (3, 0x1B6)),
            // tbz x0, #63: over the exit when it is not negative
            0xB6F80000 | ((uint)Call(93, (0, 7)).Length + 1) << 5, .. Call(93, (0, 7)),
        ],
        // ppoll on nothing, and again when a signal comes
        ProgramVerb.Wait => [.. Pause, 0x14000000 | (uint)-Pause.Length & 0x3FFFFFF],
        _ => Call(93, (0, (ulong)act.Number)),
    });

    private static uint[] Pause => Call(73, (0, 0), (1, 0), (2, 0), (3, 0));

    private static uint[] Call(ulong number, params (uint Register, ulong Value)[] arguments) =>
        [.. arguments.SelectMany(argument => Set(argument.Register, argument.Value)), .. Set(8, number), SystemCall];

    // movz, then movk for the upper half.
    private static uint[] Set(uint register, ulong value) =>
        [0xD2800000 | (uint)(value & 0xFFFF) << 5 | register, 0xF2A00000 | (uint)(value >> 16 & 0xFFFF) << 5 | register];

    private static byte[] Bytes(uint[] words)
    {
        var bytes = new byte[words.Length * 4];
        for (var at = 0; at < words.Length; at++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at * 4), words[at]);
        return bytes;
    }
}
