using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Chooses what builds the images.</summary>
internal sealed class ImageBuilders(EngineClient engine, EngineOptions options, StepProcess processes)
{
    private readonly BuildxImageBuilder buildx = new(processes, options);
    private readonly EngineImageBuilder own = new(engine);

    /// <summary>The input that names it.</summary>
    public static InputDescription Input { get; } = new(
        "builder", ValueKind.Text, "auto takes docker buildx where it is installed, and the engine's own builder where it is not", Default: new InputValue.Text("auto"),
        Choices: ["auto", "buildx", "engine"]);

    /// <summary>For the plan, which starts nothing.</summary>
    public IImageBuilder Planned(StepInputs inputs) => inputs.Text(Input.Name) == "buildx" ? buildx : own;

    public async Task<Result<IImageBuilder, StepError>> ChooseAsync(StepContext context, CancellationToken cancellationToken)
    {
        var wanted = context.Inputs.Text(Input.Name) ?? "auto";
        if (wanted == "engine")
            return Result<IImageBuilder, StepError>.Ok(own);
        if (await buildx.IsPresentAsync(context, cancellationToken))
            return Result<IImageBuilder, StepError>.Ok(buildx);
        return wanted == "auto"
            ? Result<IImageBuilder, StepError>.Ok(own)
            : new StepError("no-buildx", "docker buildx is not installed on this worker.", "The playbook asks for it.", "Install it, or let the step choose (builder: auto). Then retry.");
    }
}
