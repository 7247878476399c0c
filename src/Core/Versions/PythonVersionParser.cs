using System.Numerics;

namespace ReleaseDashboard.Core.Versions;

/// <summary>
/// Reads a version from left to right. By hand rather than by one large pattern, because it must say what is wrong.
/// Separators and spellings are free as PEP 440 has it: <c>v1.0-Alpha.1</c> is <c>1.0a1</c>, <c>1.0-1</c> is <c>1.0.post1</c>.
/// </summary>
internal sealed class PythonVersionParser
{
    // Longer ones are an attack or a mistake; the longest on the public index is far below.
    private const int MaximumLength = 255;

    private static readonly (string Word, PreReleaseStage Stage)[] PreWords =
    [
        ("alpha", PreReleaseStage.Alpha), ("beta", PreReleaseStage.Beta), ("preview", PreReleaseStage.Candidate),
        ("pre", PreReleaseStage.Candidate), ("rc", PreReleaseStage.Candidate), ("a", PreReleaseStage.Alpha),
        ("b", PreReleaseStage.Beta), ("c", PreReleaseStage.Candidate),
    ];

    private static readonly string[] PostWords = ["post", "rev", "r"];
    private readonly string _text;
    private int _position;

    private PythonVersionParser(string text) => _text = text;

    /// <summary>The version, or null with the reason.</summary>
    public static PythonVersion? Parse(string? text, out string reason)
    {
        var trimmed = text?.Trim(' ', '\t', '\r', '\n', '\f', '\v') ?? "";
        reason = trimmed switch
        {
            "" => "a version is missing",
            { Length: > MaximumLength } => $"a version has at most {MaximumLength} characters",
            _ when trimmed.FirstOrDefault(c => c is < '!' or > '~') is var odd and not '\0' => $"a version cannot hold {Named(odd)}",
            _ when trimmed.Contains('\0') => "a version cannot hold the control character U+0000",
            _ => "",
        };
        return reason.Length > 0 ? null : new PythonVersionParser(trimmed.ToLowerInvariant()).Read(out reason);
    }

    private PythonVersion? Read(out string reason)
    {
        reason = "";
        if (Peek() == 'v')
            _position++;
        if (Number() is not { } first)
            return Refuse("a version starts with a number", out reason);
        var epoch = BigInteger.Zero;
        if (Peek() == '!')
        {
            _position++;
            epoch = first;
            if (Number() is not { } afterEpoch)
                return Refuse("a number must follow \"!\"", out reason);
            first = afterEpoch;
        }
        var release = ReadRelease(first);
        var pre = ReadPre();
        var post = ReadPost();
        var dev = ReadTagged(["dev"], out _);
        var local = ReadLocal();
        if (_position == _text.Length)
            return new PythonVersion(epoch, release, pre, post, dev, local);
        return Refuse($"\"{_text[_position..]}\" at the end is not part of a version", out reason);
    }

    private List<BigInteger> ReadRelease(BigInteger first)
    {
        var release = new List<BigInteger> { first };
        while (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _position++;
            release.Add(Number()!.Value);
        }
        return release;
    }

    private PreRelease? ReadPre()
    {
        var number = ReadTagged(PreWords.Select(pair => pair.Word), out var word);
        return number is { } found ? new PreRelease(PreWords.First(pair => pair.Word == word).Stage, found) : null;
    }

    private BigInteger? ReadPost()
    {
        if (ReadTagged(PostWords, out _) is { } tagged)
            return tagged;
        if (Peek() != '-' || !char.IsAsciiDigit(Peek(1)))
            return null;
        _position++;
        return Number();
    }

    // A separator, the word, a separator, the number (0 when left out); nothing is taken when the word is not there.
    private BigInteger? ReadTagged(IEnumerable<string> words, out string? word)
    {
        var start = IsSeparator(Peek()) ? _position + 1 : _position;
        word = words.FirstOrDefault(candidate => string.CompareOrdinal(_text, start, candidate, 0, candidate.Length) == 0);
        if (word is null)
            return null;
        _position = start + word.Length;
        if (IsSeparator(Peek()))
            _position++;
        return Number() ?? BigInteger.Zero;
    }

    private List<string> ReadLocal()
    {
        var segments = new List<string>();
        var separator = Peek() == '+';
        while (separator && char.IsAsciiLetterOrDigit(Peek(1)))
        {
            var start = ++_position;
            while (char.IsAsciiLetterOrDigit(Peek()))
                _position++;
            var segment = _text[start.._position];
            segments.Add(segment.All(char.IsAsciiDigit) ? BigInteger.Parse(segment).ToString() : segment);
            separator = IsSeparator(Peek());
        }
        return segments;
    }

    private BigInteger? Number()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        return _position == start ? null : BigInteger.Parse(_text.AsSpan(start, _position - start));
    }

    private char Peek(int ahead = 0) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private static bool IsSeparator(char c) => c is '.' or '-' or '_';

    private static string Named(char c) => c switch
    {
        ' ' => "a space",
        < ' ' or (>= '\x7f' and < '\xa0') => $"the control character U+{(int)c:X4}",
        _ => $"the character \"{c}\" (U+{(int)c:X4})",
    };

    private static PythonVersion? Refuse(string why, out string reason)
    {
        reason = why;
        return null;
    }
}
