namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>What a reader without this program does to check a pack.</summary>
internal static class HowToCheck
{
    public static IReadOnlyList<string> Lines { get; } =
    [
        "With the program: audit verify-pack FILE --key PUBLIC.pem (the public key from its owner, not from this file).",
        "By hand, in three steps.",
        "1. The checkpoint's signature: save the lines of proof.checkpoint above 'signature:' as they are, with their line ends; decode the signature from base64; openssl dgst -sha256 -verify PUBLIC.pem -signature SIGNATURE LINES.",
        "2. Each entry's hash: SHA-256 of the JSON array [previousHash, sequence, at, actorKind, actorName, action, projectId, releaseId, subject, before, after], all as strings or null, without spaces; everything outside of ASCII and the characters \" & ' + < > ` are written as \\uXXXX with upper-case digits, a backslash as \\\\ and the control characters as \\b \\t \\n \\f \\r or \\u00XX.",
        "3. Each entry's place: leaf = SHA-256(00, hash), node = SHA-256(01, left, right). From the leaf with number sequence - 1, join the hashes of path as RFC 9162, section 2.1.3.2 has it, for a tree of the checkpoint's size: the result is its root.",
        "A step's evidenceDigest is SHA-256 of the JSON array of [name, kind, value] of its evidence, sorted by name, in the same writing; kinds with a capital first letter. Decisions name the digest that was approved.",
    ];
}
