using ReleaseDashboard.Core.Audit.Checkpoints;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>A file to which checkpoints are appended, with an empty line between them. The file itself says what it has.</summary>
internal sealed class CheckpointFile(string path) : ICheckpointPlace
{
    public string Name => $"the file {path}";

    public async Task<long> TakenAsync(CancellationToken cancellationToken) => File.Exists(path)
        ? SignedCheckpoint.ReadAll(await File.ReadAllTextAsync(path, cancellationToken)).Max(checkpoint => checkpoint?.Checkpoint.Size) ?? 0
        : 0;

    public async Task TakeAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        var bytes = System.Text.Encoding.UTF8.GetBytes(file.Position == 0 ? checkpoint.Text : "\n" + checkpoint.Text);
        await file.WriteAsync(bytes, cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
