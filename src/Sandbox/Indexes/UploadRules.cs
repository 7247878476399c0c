namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>What must be true of an upload by itself, before asking what the index holds.</summary>
internal static class UploadRules
{
    /// <returns>The refusal, or null when the upload is sound.</returns>
    internal static async Task<UploadAnswer?> CheckAsync(UploadForm form, CancellationToken cancellationToken)
    {
        if (form.Field(":action") != "file_upload")
            return UploadAnswer.Invalid("Unknown :action, file_upload is the only one");
        if (form.Field("protocol_version") is not (null or "1"))
            return UploadAnswer.Invalid("Unknown protocol version");
        if (form.Field("metadata_version") is not ("1.0" or "1.1" or "1.2" or "2.0" or "2.1" or "2.2" or "2.3" or "2.4"))
            return UploadAnswer.Invalid("Invalid value for metadata-version: none, or one that is not known");
        if (form.Field("name") is not { } name || !ProjectName.IsValid(name))
            return UploadAnswer.Invalid("Invalid value for name: letters, digits, '.', '_' and '-', with a letter or digit at both ends");
        if (form.Field("version") is not { } version || IndexVersion.TryParse(version) is not { } parsed)
            return UploadAnswer.Invalid("Invalid value for version: not a version of PEP 440");
        if (version.Contains('+', StringComparison.Ordinal))
            return UploadAnswer.Invalid("Invalid value for version: local versions are not accepted");
        return CheckFile(form, name, parsed) ?? await CheckArchiveAsync(form, name, parsed, cancellationToken);
    }

    private static UploadAnswer? CheckFile(UploadForm form, string name, IndexVersion version)
    {
        if (form.TooLarge)
            return UploadAnswer.Invalid("File too large, the limit is 100 MB");
        if (form.Digests is not { Size: > 0 } digests)
            return UploadAnswer.Invalid("Upload payload does not have a file");
        if (DistributionFileName.TryParse(form.FileName ?? "") is not { } file)
            return UploadAnswer.Invalid("Invalid file name: a .tar.gz or .whl named after project and version is needed");
        if (form.Field("filetype") != file.PackageType)
            return UploadAnswer.Invalid($"Invalid distribution file: filetype is not {file.PackageType}");
        if (ProjectName.Normalize(file.Project) != ProjectName.Normalize(name))
            return UploadAnswer.Invalid($"Start filename for '{name}' with its name");
        if (IndexVersion.TryParse(file.Version)!.ComparedTo(version) != 0)
            return UploadAnswer.Invalid("Version in filename should be the version of the metadata");
        (string Field, string Digest)[] given =
        [
            ("sha256_digest", digests.Sha256), ("md5_digest", digests.Md5), ("blake2_256_digest", digests.Blake2b256),
        ];
        if (given.All(pair => form.Field(pair.Field) is not { Length: > 0 }))
            return UploadAnswer.Invalid("Include at least one message digest");
        return given.Any(pair => form.Field(pair.Field) is { Length: > 0 } value
            && !value.Equals(pair.Digest, StringComparison.OrdinalIgnoreCase))
            ? UploadAnswer.Invalid("The digest supplied does not match a digest calculated from the uploaded file")
            : null;
    }

    private static async Task<UploadAnswer?> CheckArchiveAsync(
        UploadForm form, string name, IndexVersion version, CancellationToken cancellationToken)
    {
        var text = await DistributionArchive.ReadMetadataAsync(form.TemporaryPath, form.Field("filetype")!, cancellationToken);
        if (text is null)
            return UploadAnswer.Invalid("Invalid distribution file: no archive with metadata");
        var metadata = CoreMetadata.Parse(text);
        return ProjectName.Normalize(metadata.GetValueOrDefault("name")?[0] ?? "") == ProjectName.Normalize(name)
            && IndexVersion.TryParse(metadata.GetValueOrDefault("version")?[0])?.ComparedTo(version) == 0
                ? null
                : UploadAnswer.Invalid("Invalid distribution file: its metadata has another name or version");
    }
}
