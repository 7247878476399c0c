using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Preparation.Checks;

namespace ReleaseDashboard.Infrastructure.Steps.Preflight;

/// <summary>The checks of the wizard once more, on the worker that runs the release. Only looks.</summary>
internal sealed class PreflightStep(Readiness readiness) : IStep
{
    public StepKindDescription Description { get; } =
        new("preflight", "Checks tools, credentials, branches, and that the version is free everywhere.", StepEffect.Reads)
        {
            Inputs =
            [
                new InputDescription("package", ValueKind.Flag, "Whether a Python package is released: then the indexes and their credentials are checked", Default: new InputValue.Flag(true)),
                new InputDescription("images", ValueKind.Flag, "Whether images are released: then both registries are checked", Default: new InputValue.Flag(false)),
                new InputDescription("builds", ValueKind.Flag, "Whether images are built here: then the Docker Engine must answer", Default: new InputValue.Flag(false)),
                new InputDescription("merges", ValueKind.Flag, "Whether the development branch is merged before anything is published: then workflows are looked for on it", Default: new InputValue.Flag(true)),
            ],
            Outputs = [new OutputDescription("passed", ValueKind.Text, "How many checks were good, of how many.")],
        };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var facts = context.Facts;
        var request = new ReadinessRequest(facts.Version.ToString(), facts.StartedBy, facts.ReleaseId, facts.LastVersion, Scope(context.Inputs) with { Approvals = context.Approvals });
        var report = await readiness.CheckAsync(facts.Project, request, null, cancellationToken);
        foreach (var check in report.Checks)
            context.Log.Write($"{Mark(check.State)} {check.Title}. {check.Detail}");
        var evidence = new Evidence(
        [
            .. report.Checks.Select(check => new EvidenceItem(check.Id, EvidenceKind.Check, $"{Mark(check.State).Trim()}: {check.Title}", check.Link)),
            new EvidenceItem("passed", EvidenceKind.Text, $"{report.Checks.Count(check => check.State == ReadinessState.Ok)} of {report.Checks.Count}"),
        ]);
        if (report.CanStart)
            return new Observation.Done(evidence);
        var blocking = report.Checks.Where(check => check.State == ReadinessState.Blocking).ToList();
        return new Observation.Failed(new StepError(
            "not-ready",
            blocking.Count == 1 ? $"{blocking[0].Title}." : $"{blocking.Count} checks stop the release: {string.Join("; ", blocking.Select(check => check.Title))}.",
            string.Join(" ", blocking.Select(check => check.Detail)),
            string.Join(" ", blocking.Select(check => check.WhatToDo).Distinct()) + " Then retry.",
            [.. blocking.Select(check => $"{check.Title}: {check.Detail}")])) { Evidence = evidence };
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var (settings, version) = (context.Facts.Project.Settings, context.Facts.Version.ToString());
        List<PlanLine> lines = [new(PlanPhase.Check, $"$ git ls-remote -- {settings.GitUrl}", $"no tag {settings.TagFor(version)}")];
        var scope = Scope(context.Inputs);
        if (scope.Package)
            lines.Add(new PlanLine(PlanPhase.Check, $"GET {settings.ProductionIndex.Json}{settings.Package}/{version}/json", "404"));
        if (scope.Package && settings.UseTestIndex)
            lines.Add(new PlanLine(PlanPhase.Check, $"GET {settings.TestIndex.Json}{settings.Package}/{version}/json", "404"));
        if (scope.Images && settings.Images is { } images)
        {
            lines.Add(new PlanLine(PlanPhase.Check, $"the registries of {images.Preproduction.Repository} and {images.Production.Repository} answer", "they let the project in"));
            lines.Add(new PlanLine(PlanPhase.Check, $"the tags of {version} in {images.Production.Repository}", "none"));
        }
        lines.Add(new PlanLine(PlanPhase.Check, $"GET {settings.GitHubApi}repos/{context.Facts.Project.Repository}", "the token may push"));
        return Task.FromResult(new StepPlan(lines, []) { Note = $"Repeats all {Readiness.CountOf(context.Facts.Project, scope)} checks of the wizard's preflight." });
    }

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Preflight only looks; the engine never acts here.");

    // A release that began before this could be said was one of a package.
    private static ReadinessScope Scope(StepInputs inputs) => new(
        !inputs.Values.ContainsKey("package") || inputs.Flag("package"), inputs.Flag("images"), inputs.Flag("builds"), !inputs.Values.ContainsKey("merges") || inputs.Flag("merges"));

    private static string Mark(ReadinessState state) => state switch
    {
        ReadinessState.Ok => "ok  ",
        ReadinessState.Warning => "look",
        _ => "STOP",
    };
}
