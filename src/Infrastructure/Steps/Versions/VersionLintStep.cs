using System.Globalization;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Versions;

/// <summary>Holds every place that names the version against the one that is released.</summary>
internal sealed class VersionLintStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("version.lint", "Checks that every mention of the version agrees.", StepEffect.Reads)
    {
        Inputs = [new InputDescription("version", ValueKind.Text, "The version that is released.", Required: true)],
        Outputs = [new OutputDescription("places", ValueKind.Number, "How many places agree.")],
    };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var version = GitInputs.Version(context.Inputs, "version");
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!version.IsOk || !opened.IsOk)
            return new Observation.Failed((version.Error ?? opened.Error)!);
        var findings = VersionLint.Check(
            Mentions(context.Facts.Project.Settings), path => WorkspaceFile.Read(opened.Value.Path, path) is { IsOk: true } file ? file.Value : null, version.Value, version.Value);
        foreach (var finding in findings)
            context.Log.Write($"{(finding.Agreement == VersionAgreement.Agrees ? "ok  " : "FAIL")} {finding.Message}");
        var evidence = new Evidence(
        [
            .. findings.Select(finding => new EvidenceItem(Place(finding), EvidenceKind.Check, finding.Message)),
            new EvidenceItem("places", EvidenceKind.Text, findings.Count(finding => finding.Agreement == VersionAgreement.Agrees).ToString(CultureInfo.InvariantCulture)),
        ]);
        var wrong = findings.Where(finding => finding.Agreement != VersionAgreement.Agrees).ToList();
        if (wrong.Count == 0)
            return new Observation.Done(evidence);
        return new Observation.Failed(new StepError(
            "versions-disagree",
            wrong.Count == 1 ? "One place does not name the version that is released." : $"{wrong.Count} places do not name the version that is released.",
            wrong[0].Message,
            "Correct the files on the branch and start the release again, or correct the patterns in the project's settings.",
            [.. wrong.Select(finding => finding.Message)])) { Evidence = evidence };
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPlan(
            [.. Mentions(context.Facts.Project.Settings).Select(mention => new PlanLine(
                PlanPhase.Check, $"read {mention.Path}: {mention.Constant ?? mention.Pattern}", context.Inputs.Required("version")))],
            []));

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Comparing versions changes nothing; the engine never acts here.");

    private static string Place(VersionFinding finding) =>
        finding.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{finding.Mention.Path}:{line}") : finding.Mention.Path;

    private static IEnumerable<VersionMention> Mentions(ProjectSettings settings)
    {
        yield return new VersionMention(settings.VersionFile, settings.VersionName, null, VersionExpectation.Current);
        foreach (var place in settings.VersionPlaces)
            yield return new VersionMention(place.Path, null, place.Pattern, VersionExpectation.Current);
        // They ask for the version that is released until version.move_tests, which comes after the build.
        if (settings.TestsVersionFile is { } tests)
            yield return new VersionMention(tests, null, settings.TestsVersionPattern, VersionExpectation.Current);
    }
}
