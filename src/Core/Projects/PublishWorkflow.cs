namespace ReleaseDashboard.Core.Projects;

/// <summary>
/// A workflow that publishes instead of the worker, as trusted publishing needs it. It takes the built files from the draft of the
/// GitHub release, so that what arrives are the approved bytes.
/// </summary>
/// <param name="File">Its file name: <c>publish.yml</c>.</param>
/// <param name="Repository">OWNER/NAME it runs in; null for the project's own.</param>
/// <param name="Dispatch">Whether it is started by dispatch, with the inputs <c>tag</c> and <c>commit</c>; otherwise the tag starts it.</param>
/// <param name="Branch">The branch whose file a dispatch runs.</param>
public sealed record PublishWorkflow(string File, string? Repository = null, bool Dispatch = false, string Branch = "main");
