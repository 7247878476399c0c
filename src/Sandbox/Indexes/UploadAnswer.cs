namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>What an index answers to an upload.</summary>
/// <param name="Status">HTTP status; 200 is the only good one.</param>
/// <param name="Message">Short reason; also the reason phrase of the answer, where upload tools look for it.</param>
public sealed record UploadAnswer(int Status, string Message)
{
    internal static UploadAnswer Accepted { get; } = new(200, "OK");

    internal static UploadAnswer Invalid(string message) => new(400, message);
}
