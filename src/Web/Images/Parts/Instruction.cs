namespace ReleaseDashboard.Web.Images.Parts;

/// <summary>The instruction that made a layer, as people wrote it.</summary>
public static class Instruction
{
    private const int Longest = 160;

    /// <summary>Without what builders put around it; null when there is none.</summary>
    public static string? Brief(string? createdBy)
    {
        if (string.IsNullOrWhiteSpace(createdBy))
            return null;
        var text = createdBy.Trim();
        text = text.StartsWith("/bin/sh -c #(nop) ", StringComparison.Ordinal) ? text["/bin/sh -c #(nop) ".Length..].Trim()
            : text.StartsWith("/bin/sh -c ", StringComparison.Ordinal) ? "RUN " + text["/bin/sh -c ".Length..]
            : text.Replace("RUN /bin/sh -c ", "RUN ", StringComparison.Ordinal);
        text = text.EndsWith("# buildkit", StringComparison.Ordinal) ? text[..^"# buildkit".Length].Trim() : text;
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
