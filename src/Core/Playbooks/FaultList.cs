namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Collects faults while reading goes on, so that all are reported at once.</summary>
internal sealed class FaultList(string file)
{
    private readonly List<PlaybookFault> _faults = [];

    public IReadOnlyList<PlaybookFault> InFileOrder() =>
        [.. _faults.OrderBy(fault => fault.At.Line).ThenBy(fault => fault.At.Column)];

    public void Add(PlaybookFaultCode code, PlaybookNode at, string message, int columnsFurther = 0) =>
        _faults.Add(new PlaybookFault(code, message, new SourcePosition(file, at.Line, at.Column + columnsFurther)));
}
