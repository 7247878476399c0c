using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <content>Uploads, and what the owner of a project does to files afterwards.</content>
public sealed partial class PackageIndex
{
    /// <summary>Names the fields of an upload that say how it came, not what was uploaded.</summary>
    private static readonly HashSet<string> TransportFields =
    [
        ":action", "protocol_version", "filetype", "pyversion", "comment", "sha256_digest", "md5_digest", "blake2_256_digest",
    ];

    /// <summary>Takes a file with known content in without anybody having uploaded it. Does nothing when the name is taken.</summary>
    /// <exception cref="InvalidDataException">The content is no distribution of that name.</exception>
    public async Task SeedAsync(string fileName, byte[] content, DateTimeOffset uploadedAt, CancellationToken cancellationToken)
    {
        var name = DistributionFileName.TryParse(fileName) ?? throw new InvalidDataException($"{fileName} names no distribution.");
        var path = folder.NewTemporaryPath(time);
        await File.WriteAllBytesAsync(path, content, cancellationToken);
        try
        {
            var text = await DistributionArchive.ReadMetadataAsync(path, name.PackageType, cancellationToken)
                ?? throw new InvalidDataException($"{fileName} holds no metadata.");
            var metadata = CoreMetadata.Parse(text);
            var digests = await FileDigests.OfAsync(path, cancellationToken);
            var file = NewFile(fileName, name.PackageType, "source", digests, uploadedAt, metadata.GetValueOrDefault("requires_python")?[0]);
            await TakeInAsync(metadata, file with { Seeded = true }, path, actor: null, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Marks a file so that installers choose it only when its version is asked for exactly.</summary>
    /// <returns>False when there is no such file.</returns>
    public Task<bool> YankAsync(string fileName, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(fileName, "yank", file => file with { Yanked = true, YankedReason = reason }, cancellationToken);

    /// <summary>Removes the bytes of a file for ever; its name stays taken.</summary>
    /// <returns>False when there is no such file.</returns>
    public Task<bool> DeleteAsync(string fileName, CancellationToken cancellationToken) =>
        ChangeAsync(fileName, "delete", file => file with { Deleted = true }, cancellationToken);

    /// <summary>Whether a file of this name with these bytes was uploaded, seen by readers yet or not.</summary>
    internal bool Holds(string fileName, string sha256) => Find(fileName) is { File.Deleted: false } found && found.File.Sha256 == sha256;

    internal string NewTemporaryPath() => folder.NewTemporaryPath(time);

    internal async Task<UploadAnswer> UploadAsync(UploadForm form, string actor, CancellationToken cancellationToken)
    {
        if (await UploadRules.CheckAsync(form, cancellationToken) is { } refusal)
            return refusal;
        var metadata = form.Fields
            .Where(field => !TransportFields.Contains(field.Key))
            .ToDictionary(field => field.Key, IReadOnlyList<string> (field) => field.Value);
        var file = NewFile(
            form.FileName!, form.Field("filetype")!, form.Field("pyversion") ?? "source", form.Digests!, time.GetUtcNow(), form.Field("requires_python"));
        return await TakeInAsync(metadata, file, form.TemporaryPath, actor, cancellationToken);
    }

    /// <summary>Records uploads that were stored but not recorded, because the process ended between the two.</summary>
    internal async Task RecordUnrecordedUploadsAsync(CancellationToken cancellationToken)
    {
        var recorded = effects.Read().Where(entry => entry.Service == Service && entry.Action == "upload").Select(entry => entry.Subject).ToHashSet();
        foreach (var file in projects.Values.SelectMany(releases => releases).SelectMany(release => release.Files))
        {
            if (!file.Seeded && !recorded.Contains(file.FileName))
                await effects.AppendAsync(new Effect(Service, "upload", file.FileName, $"sha256:{file.Sha256}"), cancellationToken);
        }
    }

    private async Task<UploadAnswer> TakeInAsync(
        Dictionary<string, IReadOnlyList<string>> metadata, IndexFile file, string temporaryPath, string? actor, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            if (Find(file.FileName) is { } existing)
            {
                return UploadAnswer.Invalid(existing.File.Deleted
                    ? $"This filename has already been used, use a different version ('{file.FileName}')"
                    : $"File already exists ('{existing.File.FileName}', with blake2_256 hash '{existing.File.Blake2b256}')");
            }

            var (project, version) = (metadata["name"][0], metadata["version"][0]);
            var parsed = IndexVersion.TryParse(version);
            var release = projects.GetValueOrDefault(ProjectName.Normalize(project))?
                .Find(other => IndexVersion.TryParse(other.Version)!.ComparedTo(parsed) == 0);
            if (file.PackageType == "sdist" && release?.Files.Any(other => other is { Deleted: false, PackageType: "sdist" }) == true)
                return UploadAnswer.Invalid("Only one sdist may be uploaded per release");
            folder.TakeIn(temporaryPath, project, file.FileName);
            release = release is null
                ? new IndexRelease(project, version, metadata, [file])
                : release with { Files = [.. release.Files, file] };
            // From here on the file is there for everybody, whether the client still listens or not.
            await Replace_NeedsWriting(release, CancellationToken.None);
            if (!file.Seeded)
                await effects.AppendAsync(new Effect(Service, "upload", file.FileName, $"sha256:{file.Sha256}", actor), CancellationToken.None);
            return UploadAnswer.Accepted;
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task<bool> ChangeAsync(
        string fileName, string action, Func<IndexFile, IndexFile> change, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            if (Find(fileName) is not { File.Deleted: false } found)
                return false;
            var changed = change(found.File);
            var files = found.Release.Files.Select(file => file.FileName == found.File.FileName ? changed : file);
            await Replace_NeedsWriting(found.Release with { Files = [.. files] }, CancellationToken.None);
            if (changed.Deleted)
                folder.Delete(found.Release, found.File);
            await effects.AppendAsync(new Effect(Service, action, found.File.FileName, $"sha256:{changed.Sha256}"), CancellationToken.None);
            return true;
        }
        finally
        {
            writing.Release();
        }
    }

    private static IndexFile NewFile(
        string fileName, string packageType, string pythonVersion, FileDigests digests, DateTimeOffset uploadedAt, string? requiresPython) => new()
    {
        FileName = fileName,
        PackageType = packageType,
        PythonVersion = pythonVersion,
        Size = digests.Size,
        Sha256 = digests.Sha256,
        Md5 = digests.Md5,
        Blake2b256 = digests.Blake2b256,
        UploadedAt = uploadedAt,
        RequiresPython = string.IsNullOrEmpty(requiresPython) ? null : requiresPython,
    };
}
