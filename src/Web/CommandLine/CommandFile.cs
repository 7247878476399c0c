using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary>The text of a file that an option names.</summary>
/// <param name="Text">Null when no file was named.</param>
internal sealed record FileText(string? Text);

internal static class CommandFile
{
    /// <summary>The text, or why it cannot be read.</summary>
    public static async Task<Result<FileText, string>> ReadAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
            return new FileText(null);
        try
        {
            return new FileText(await File.ReadAllTextAsync(file.FullName, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
