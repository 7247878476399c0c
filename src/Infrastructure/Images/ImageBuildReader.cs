using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images.Graphs;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Preparation;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Reads the Dockerfiles of a project where work happens: at the head of its development branch.</summary>
public sealed class ImageBuildReader(ProjectMirrors mirrors)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(60);

    // Nobody writes a longer one, and every page that shows it holds it in memory.
    private const int LongestFile = 256 * 1024;

    /// <param name="refresh">Fetches the repository now instead of using a copy of the last minute.</param>
    public async Task<Part<ImageBuild>> ReadAsync(Project project, bool refresh, CancellationToken cancellationToken)
    {
        if (project.Settings.Images is not { } settings)
            return Part.Failed<ImageBuild>("This project has no images.");
        if (!BranchName.TryParse(project.Settings.DevBranch, out var branch, out var fault))
            return Part.Failed<ImageBuild>($"{fault} Correct it in the project's settings.");
        var mirror = await mirrors.OpenAsync(project, refresh ? TimeSpan.Zero : Recent, cancellationToken);
        if (!mirror.IsOk)
            return Part.Failed<ImageBuild>($"{mirror.Error.What} {mirror.Error.Why} {mirror.Error.WhatToDo}");
        var repository = mirror.Value.Repository;
        var commit = await repository.ResolveAsync(branch, cancellationToken);
        if (!commit.IsOk)
            return Part.Failed<ImageBuild>(commit.Error.Kind == GitFailure.RefNotFound ? $"The repository has no branch {branch}." : commit.Error.Message);
        var tags = await mirror.Value.TagsAsync(project.Settings, [], cancellationToken);
        var (files, faults) = await FilesAsync(repository, commit.Value, settings, cancellationToken);
        var sources = settings.Variants.Where(variant => files.ContainsKey(variant.Name)).Select(variant => VariantSource.Read(variant, files[variant.Name])).ToList();
        var graph = BuildGraph.Of(sources, settings);
        return new ImageBuild(
            settings,
            branch.Value,
            commit.Value.Value,
            mirror.Value.Stale is { } stale ? $"{stale.What} {stale.Why}" : null,
            files,
            graph with { Faults = [.. faults, .. graph.Faults] },
            BuildOrder.Of(graph),
            tags.IsOk ? [.. tags.Value.Select(tag => tag.Version.ToString()).Distinct().Take(ImageBuild.MostVersions)] : []);
    }

    private static async Task<(IReadOnlyDictionary<string, string> Files, IReadOnlyList<BuildFault> Faults)> FilesAsync(
        GitRepository repository, CommitSha commit, ImageSettings settings, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>();
        var faults = new List<BuildFault>();
        foreach (var same in settings.Variants.GroupBy(variant => variant.Dockerfile))
        {
            var read = await repository.ReadFileAsync(commit, same.Key, cancellationToken);
            if (!read.IsOk)
                faults.Add(new BuildFault(same.Key, 1, read.Error.Message, IsWarning: false));
            else if (read.Value is not { } text)
                faults.Add(new BuildFault(same.Key, 1, "The repository has no such file.", IsWarning: false));
            else if (text.Length > LongestFile)
                faults.Add(new BuildFault(same.Key, 1, "It is longer than 256 kB and is not read.", IsWarning: false));
            else
            {
                foreach (var variant in same)
                    files[variant.Name] = text;
            }
        }
        return (files, faults);
    }
}
