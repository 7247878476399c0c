using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Secrets;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Are the credentials there, accepted, and not about to expire?</summary>
internal static class CredentialRules
{
    public static async Task<ReadinessCheck> GitHubTokenAsync(ReadinessScene scene)
    {
        const string id = "github-token";
        var fix = new ReadinessFix(FixPlace.Secrets, "Replace token", SecretName.GitHubToken);
        var token = await scene.TokenAsync();
        if (!token.IsOk)
            return new ReadinessCheck(id, "The GitHub token cannot be read", Blocking, $"{token.Error.What} {token.Error.Why}", token.Error.WhatToDo, Fix: fix);
        if (token.Value.Length == 0)
            return new ReadinessCheck(id, "No GitHub token is stored", Blocking, "Pushes, the pull request and the release need one.", "Store a token that may write contents and pull requests.", Fix: fix with { Label = "Store token" });
        if (!RepositoryName.TryParse(scene.Project.Repository, out var repository))
            return new ReadinessCheck(id, $"'{scene.Project.Repository}' is not OWNER/NAME", Blocking, "GitHub cannot be asked about it.", "Correct it in the project's settings.", Fix: new(FixPlace.Settings, "Open settings", "repository"));
        var found = await (await scene.GitHubAsync()).RepositoryAsync(repository, scene.Cancellation);
        if (!found.IsOk)
        {
            return found.Error.Kind switch
            {
                GitHubFailure.AuthenticationFailed => new ReadinessCheck(id, "GitHub refuses the token", Blocking, found.Error.Message, "Store a valid token.", Fix: fix),
                GitHubFailure.NotFound => new ReadinessCheck(id, "The token does not see the repository", Blocking, $"GitHub shows it no {repository}.", "Give the token access to this repository.", Fix: fix),
                _ => new ReadinessCheck(id, "GitHub cannot be asked", Blocking, found.Error.Message, "Look again when GitHub answers."),
            };
        }
        if (found.Value.Archived)
            return new ReadinessCheck(id, "The repository is archived", Blocking, "Nothing can be pushed to it.", "Unarchive it on GitHub.", found.Value.HtmlUrl);
        var refused = new ReadinessCheck(id, "The token may not push", Blocking, $"It may read {repository} only.", "Store a token that may write contents and pull requests.", Fix: fix);
        if (found.Value.Permissions is not ({ Push: true } or { Admin: true } or { Maintain: true }))
            return refused;
        return await MayPushAsync(scene) ? new ReadinessCheck(id, "GitHub token can do its work", Ok, $"It may push to {repository}.") : refused;
    }

    // The API tells what the person may do; a token may do less. A push of nothing asks the git host itself and sends nothing.
    private static async Task<bool> MayPushAsync(ReadinessScene scene)
    {
        var mirror = await scene.MirrorAsync();
        if (!mirror.IsOk)
            return mirror.Error.Code != "wrong-token";
        var branch = $"refs/heads/{scene.Settings.DevBranch}";
        var command = new GitCommand("push", "--dry-run", "--no-verify", "--porcelain", "--", GitRepository.Origin, $"{branch}:{branch}") { Quiet = true };
        return (await mirror.Value.Repository.RunAsync(command, scene.Cancellation)).Error?.Kind != GitFailure.AuthenticationFailed;
    }

    public static async Task<ReadinessCheck> ExpiryAsync(ReadinessScene scene)
    {
        const string id = "secrets-expiry";
        var now = scene.Sources.Time.GetUtcNow();
        var next = (await scene.SecretsAsync()).Where(secret => secret.ExpiresAt is not null).MinBy(secret => secret.ExpiresAt);
        if (next?.ExpiresAt is not { } expires)
            return new ReadinessCheck(id, "No stored secret expires", Ok, "None has an expiry date here.");
        var fix = new ReadinessFix(FixPlace.Secrets, "Replace", next.Name);
        if (expires <= now)
            return new ReadinessCheck(id, $"{next.Name} has expired", Blocking, $"It was valid until {expires:yyyy-MM-dd}.", "Store a new one.", Fix: fix);
        var days = (int)(expires - now).TotalDays;
        var ends = days == 0 ? "expires today" : $"expires in {days} day{(days == 1 ? "" : "s")}";
        var lead = await UsualLeadAsync(scene);
        if (lead is { } usual && expires - now <= usual)
            return new ReadinessCheck(id, $"{next.Name} {ends}, during this release", Warning, $"It is valid until {expires:yyyy-MM-dd HH:mm} UTC. A release of this project usually takes {Usual(usual)}.", "Replace it now: a step that needs it would fail half-way.", Fix: fix);
        return expires - now <= SecretExpiry.Early
            ? new ReadinessCheck(id, $"{next.Name} {ends}", Warning, $"It is valid until {expires:yyyy-MM-dd}. A release that waits long may outlive it.", "Replace it soon.", Fix: fix)
            : new ReadinessCheck(id, $"All secrets are valid for {days} days", Ok, $"{next.Name} is the first to expire, on {expires:yyyy-MM-dd}.");
    }

    /// <summary>How long the last releases took from start to end: the middle one of up to ten; null when there was none.</summary>
    private static async Task<TimeSpan?> UsualLeadAsync(ReadinessScene scene)
    {
        await using var db = scene.Sources.Ledger.Read();
        var last = await db.Releases.Where(release => release.ProjectId == scene.Project.Id && release.Status == ReleaseStatus.Published && release.FinishedAt != null)
            .OrderByDescending(release => release.StartedAt).Take(10).Select(release => new { release.StartedAt, FinishedAt = release.FinishedAt!.Value }).ToListAsync(scene.Cancellation);
        var leads = last.Select(release => release.FinishedAt - release.StartedAt).Order().ToList();
        return leads.Count == 0 ? null : leads[leads.Count / 2];
    }

    private static string Usual(TimeSpan lead) => lead.TotalDays >= 1 ? $"{lead.TotalDays:0.#} days" : lead.TotalHours >= 1 ? $"{lead.TotalHours:0.#} hours" : $"{Math.Max(1, lead.TotalMinutes):0} minutes";

    public static Task<ReadinessCheck> ProductionAsync(ReadinessScene scene) => scene.Settings.PublishBy is { } publish
        ? Task.FromResult(new ReadinessCheck(
            "production-credentials", $"No credentials of {scene.Settings.ProductionIndex.Name} are needed here", Ok, $"{publish.File} uploads with its own: as a trusted publisher, or with a secret of its repository."))
        : IndexAsync(scene, "production-credentials", scene.Settings.ProductionIndex, SecretName.ProductionIndexUser, SecretName.ProductionIndexPassword, Blocking);

    public static Task<ReadinessCheck> TestAsync(ReadinessScene scene) => scene.Settings.UseTestIndex
        ? IndexAsync(scene, "test-credentials", scene.Settings.TestIndex, SecretName.TestIndexUser, SecretName.TestIndexPassword, Warning)
        : Task.FromResult(new ReadinessCheck("test-credentials", "The test index is not used", Ok, "The project's settings leave it out."));

    private static async Task<ReadinessCheck> IndexAsync(ReadinessScene scene, string id, IndexAddress index, string user, string password, ReadinessState missing)
    {
        var names = (await scene.SecretsAsync()).Select(secret => secret.Name).ToHashSet();
        if (names.Contains(password))
            return new ReadinessCheck(id, $"Credentials of {index.Name} are stored", Ok, names.Contains(user) ? $"{user} and {password}." : $"{password}, as the user __token__.");
        var file = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pypirc");
        if (File.Exists(file) && (await File.ReadAllLinesAsync(file, scene.Cancellation)).Any(line => line.Trim() == $"[{index.Name}]"))
            return new ReadinessCheck(id, $"Credentials of {index.Name} are in ~/.pypirc", Ok, "twine on this worker reads them there.");
        return new ReadinessCheck(id, $"No credentials of {index.Name}", missing, $"Neither the secret {password} nor a section [{index.Name}] in the worker's ~/.pypirc is there.", "Store an upload token of this project.", Fix: new(FixPlace.Secrets, "Store token", password));
    }
}
