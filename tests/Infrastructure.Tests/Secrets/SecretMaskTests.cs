using System.Net;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Tests.Secrets;

public sealed class SecretMaskTests
{
    private const string Secret = "p@ss/wörd \"quoted\"+\\x&<y>";
    private const string Token = "ghp_0123456789abcdefABCDEF";

    [Fact]
    public void Mask_Raw_IsHidden() => Masked(Secret).ShouldBe("before *** after");

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    [InlineData("user:")]
    [InlineData("x-access-token:")]
    public void Mask_Base64AtAnyAlignment_IsHidden(string prefix)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(prefix + Token + "suffix"));

        var masked = Mask(Token).Apply(encoded);

        masked.ShouldContain("***");
        // What is left holds only the neighbours and at most the bits of one character of the token at each side.
        masked.Replace("***", "", StringComparison.Ordinal).Length.ShouldBeLessThanOrEqualTo(((prefix.Length + 6) * 4 / 3) + 5);
    }

    [Fact]
    public void Mask_Base64Url_IsHidden()
    {
        const string secret = "~~~???>>>~~~???";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).Replace('+', '-').Replace('/', '_');

        Mask(secret).Apply(encoded).ShouldBe("***");
    }

    [Fact]
    public void Mask_Base64Wrapped_IsHidden()
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('u', 50) + Token));

        Mask(Token).Apply(encoded.Insert(76, "\n")).ShouldContain("***");
        Mask(Token).Apply(encoded.Insert(76, "\n")).ShouldNotContain(encoded[70..76]);
    }

    [Fact]
    public void Mask_UrlEncoded_IsHidden()
    {
        Masked(Uri.EscapeDataString(Secret)).ShouldBe("before *** after");
        Masked(WebUtility.UrlEncode(Secret)).ShouldBe("before *** after");
        Masked(Uri.EscapeDataString(Secret).Replace("%2F", "/", StringComparison.Ordinal)).ShouldBe("before *** after");
        Masked("p%40ss%2fw%c3%b6rd%20%22quoted%22%2b%5cx%26%3cy%3e").ShouldBe("before *** after");
    }

    [Fact]
    public void Mask_JsonEscaped_IsHidden()
    {
        Masked(JsonSerializer.Serialize(Secret)[1..^1]).ShouldBe("before *** after");
        Masked("p@ss/w\\u00f6rd \\\"quoted\\\"+\\\\x&<y>").ShouldBe("before *** after");
        Masked("p@ss\\/wörd \\\"quoted\\\"+\\\\x&<y>").ShouldBe("before *** after");
    }

    [Fact]
    public void Mask_Hexadecimal_IsHidden() =>
        Masked(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret))).ShouldBe("before *** after");

    [Fact]
    public void Mask_AcrossColourCodes_IsHiddenAndColoursStay() =>
        Mask(Token).Apply("a \u001b[31mghp_0123\u001b[1;32m456789abcdef\u001b]0;title\u0007ABCDEF\u001b[0m b")
            .ShouldBe("a \u001b[31m***\u001b[1;32m\u001b]0;title\u0007\u001b[0m b");

    [Fact]
    public void Mask_CutByTheResetOfATerminal_IsHidden() =>
        Mask(Token).Apply("a ghp_0123\u001b(B\u001b[m456789abcdef\u001b7ABCDEF b").ShouldBe("a ***\u001b(B\u001b[m\u001b7 b");

    [Fact]
    public void Mask_InALinkOrATitle_IsHiddenAndTheLinkStays()
    {
        const string text = "a \u001b]8;;https://x/" + Token + "?y\u001b\\here\u001b]8;;\u001b\\ \u001b]0;" + Token + "\u0007 b";
        const string hidden = "a \u001b]8;;https://x/***?y\u001b\\here\u001b]8;;\u001b\\ \u001b]0;***\u0007 b";

        Mask(Token).Apply(text).ShouldBe(hidden);
        for (var cut = 0; cut <= text.Length; cut++)
            InChunks(text, [cut]).ShouldBe(hidden, $"cut at {cut}");
        InChunks(text, [.. Enumerable.Range(0, text.Length)]).ShouldBe(hidden);
    }

    [Theory]
    [InlineData("\u001b[31")]
    [InlineData("\u001b]0;")]
    [InlineData("\u001b(")]
    [InlineData("\u001b")]
    public void Mask_AfterABrokenEscapeSequence_IsHidden(string broken)
    {
        // A terminal would take the first letter for the sequence's end; the stored text holds it all the same.
        Mask(Token).Apply($"a {broken}{Token} b").ShouldNotContain(Token[1..]);
        Mask("AKIA0123456789").Apply($"a {broken}AKIA0123456789 b").ShouldNotContain("KIA0123456789");
    }

    [Fact]
    public void Mask_CutAtEveryPlace_GivesTheSame()
    {
        const string text = "x ghp_0123\u001b[0m456789abcdefABCDEF y ghp_01 ghp_0123456789abcdefABCDEF\nz";
        for (var cut = 0; cut <= text.Length; cut++)
            InChunks(text, [cut]).ShouldBe("x ***\u001b[0m y ghp_01 ***\nz", $"cut at {cut}");
        InChunks(text, [.. Enumerable.Range(0, text.Length)]).ShouldBe("x ***\u001b[0m y ghp_01 ***\nz");
    }

    [Fact]
    public void Mask_OverlappingSecrets_BothAreHiddenWhole()
    {
        var mask = new SecretMask(["abcdefgh", "efghijkl"]);

        mask.Apply("-abcdefghijkl-").ShouldBe("-***-");
        for (var cut = 0; cut <= 14; cut++) InChunks("-abcdefghijkl-", [cut], mask).ShouldBe("-***-");
    }

    [Fact]
    public void Mask_FinishedLine_IsNotHeldBack()
    {
        var output = new StringBuilder();
        Mask(Token).Start().Add("the end of this line is gh\n", output);

        output.ToString().ShouldBe("the end of this line is gh\n");
    }

    [Fact]
    public void Mask_KeyOfManyLines_IsHiddenLineByLine()
    {
        const string key = "-----BEGIN KEY-----\nAbCdEfGhIjKlMnOp\nQrStUvWxYz012345\n-----END KEY-----\n";
        var mask = Mask(key);

        mask.Apply($"key:\n{key}").ShouldNotContain("AbCd");
        mask.Apply("only QrStUvWxYz012345 here").ShouldBe("only *** here");
        mask.Apply(key.Replace("\n", "\r\n", StringComparison.Ordinal)).ShouldNotContain("QrSt");
    }

    [Fact]
    public void Mask_ShortValue_IsNotMaskedAndSaysSo()
    {
        SecretMask.IsTooShort("abc").ShouldBeTrue();
        Mask("abc").Apply("abc").ShouldBe("abc");
    }

    [Fact]
    public void Mask_RepeatingSecretInEndlessRun_StaysBoundedAndHidden()
    {
        var text = string.Concat(Enumerable.Repeat("ababab", 5000));

        InChunks(text, [.. Enumerable.Range(1, 299).Select(i => i * 100)], Mask("abababab")).ShouldBe("***");
    }

    private static SecretMask Mask(string secret) => new([secret]);

    private static string Masked(string form) => Mask(Secret).Apply($"before {form} after");

    private static string InChunks(string text, int[] cuts, SecretMask? mask = null)
    {
        var stream = (mask ?? Mask(Token)).Start();
        var output = new StringBuilder();
        var last = 0;
        foreach (var cut in cuts.Append(text.Length))
        {
            stream.Add(text.AsSpan(last, cut - last), output);
            last = cut;
        }

        stream.Finish(output);
        return output.ToString();
    }
}
