namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>One instruction of a Dockerfile, its continuation lines joined.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Keyword">In capitals, such as <c>COPY</c>.</param>
/// <param name="Flags">Words that begin with <c>--</c> before anything else, as they are written.</param>
/// <param name="Text">All after the flags.</param>
/// <param name="Heredocs">The texts below the instruction that belong to it.</param>
public sealed record DockerfileInstruction(
    int Line, string Keyword, IReadOnlyList<string> Flags, string Text, IReadOnlyList<Heredoc> Heredocs)
{
    /// <summary>The values of a flag, such as <c>from</c>; there may be several of <c>mount</c>.</summary>
    public IEnumerable<string> Flag(string name) =>
        from flag in Flags
        where flag.StartsWith($"--{name}=", StringComparison.OrdinalIgnoreCase)
        select flag[(name.Length + 3)..];
}

/// <summary>A text inside a Dockerfile, between <c>&lt;&lt;NAME</c> and <c>NAME</c>.</summary>
/// <param name="IsRaw">Whether its name is quoted, so that nothing in it is replaced.</param>
/// <param name="StripsTabs">Whether it is written with <c>&lt;&lt;-</c>, so that tabs at the beginning of its lines do not count.</param>
public sealed record Heredoc(string Name, bool IsRaw, bool StripsTabs, string Text);
