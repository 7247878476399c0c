using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Can dev be merged into main, and do its checks pass?</summary>
internal static class BranchRules
{
    public static async Task<ReadinessCheck> BranchesAsync(ReadinessScene scene)
    {
        const string id = "branches";
        var (main, dev) = (scene.Settings.MainBranch, scene.Settings.DevBranch);
        foreach (var branch in new[] { main, dev })
        {
            var head = await scene.HeadAsync(branch);
            if (!head.IsOk)
                return VersionRules.Unseen(id, "The branches cannot be read", head.Error);
            if (head.Value is null)
                return new ReadinessCheck(id, $"There is no branch {branch}", Blocking, $"{scene.Settings.GitUrl} does not list it.", "Push it, or correct its name in the project's settings.", Fix: new(FixPlace.Settings, "Open settings", "branches"));
        }
        var mirror = await scene.MirrorAsync();
        if (!mirror.IsOk)
            return VersionRules.Unseen(id, "The branches cannot be compared", mirror.Error);
        var apart = await mirror.Value.Repository.DivergenceAsync(BranchName.Parse(main), BranchName.Parse(dev), scene.Cancellation);
        if (!apart.IsOk)
            return new ReadinessCheck(id, "The branches cannot be compared", Blocking, apart.Error.Message, "Look at the repository.");
        var (behind, ahead) = (apart.Value.Ahead, apart.Value.Behind);
        var link = $"{scene.Settings.WebUrl.TrimEnd('/')}/compare/{main}...{dev}";
        if (ahead == 0)
            return new ReadinessCheck(id, $"{dev} has nothing that {main} has not", Warning, $"{dev} is {behind} behind {main}. The release would hold the version change only.", "Go on if that is what you want.", link);
        if (behind == 0)
            return new ReadinessCheck(id, $"{dev} is {ahead} ahead of {main}", Ok, $"It holds all of {main}.", Link: link);
        // The release merges by a merge commit, which holds both: being behind is allowed as long as the merge is clean.
        return await MergesAsync(mirror.Value.Repository, main, dev, scene.Cancellation) switch
        {
            true => new ReadinessCheck(id, $"{dev} is {behind} behind {main}", Warning, $"It merges cleanly, but the tests run without what {main} has more.", $"Merge {main} into {dev} first, or go on.", link, new(FixPlace.Repository, $"Merge into {dev}", main)),
            _ => new ReadinessCheck(id, $"{dev} and {main} have diverged", Blocking, $"{behind} commit(s) of {main} do not merge with {ahead} of {dev}: GitHub would refuse the pull request.", $"Merge {main} into {dev} and resolve the conflicts.", link, new(FixPlace.Repository, $"Merge into {dev}", main)),
        };
    }

    // Merges in memory and writes objects only; 1 means conflicts (git-merge-tree(1)).
    private static async Task<bool> MergesAsync(GitRepository repository, string main, string dev, CancellationToken cancellationToken)
    {
        var command = new GitCommand("merge-tree", "--write-tree", "--name-only", $"refs/heads/{main}", $"refs/heads/{dev}") { Quiet = true, AlsoOk = [1] };
        return await repository.RunAsync(command, cancellationToken) is { IsOk: true, Value.ExitCode: 0 };
    }

    public static async Task<ReadinessCheck> ChecksAsync(ReadinessScene scene)
    {
        const string id = "checks";
        var dev = scene.Settings.DevBranch;
        if (await scene.HeadAsync(dev) is not { IsOk: true, Value: { } head } || !RepositoryName.TryParse(scene.Project.Repository, out var repository))
            return new ReadinessCheck(id, $"The checks of {dev} are not known", Warning, "Its head cannot be read.", "See the other checks.");
        var client = await scene.GitHubAsync();
        var runs = await client.CheckRunsAsync(repository, head, scene.Cancellation);
        var statuses = await client.CombinedStatusAsync(repository, head, scene.Cancellation);
        if (!runs.IsOk || !statuses.IsOk)
            return new ReadinessCheck(id, $"The checks of {dev} are not known", Warning, (runs.Error ?? statuses.Error)!.Message, "Look again when GitHub answers.");
        var states = runs.Value.Select(run => (run.Name, State: StateOf(run)))
            .Concat(statuses.Value.Statuses.Select(status => (Name: status.Context, State: StateOf(status)))).ToList();
        var red = states.Where(check => check.State == false).Select(check => check.Name).ToList();
        var link = $"{scene.Settings.WebUrl.TrimEnd('/')}/commits/{head}";
        return states switch
        {
            [] => new ReadinessCheck(id, $"No checks on {dev}", Warning, $"Nothing has checked {head.Abbreviated} yet.", "The pull request's checks decide. See that some will run.", link),
            _ when red.Count > 0 => new ReadinessCheck(id, $"Checks fail on {dev}", Warning, $"{string.Join(", ", red)} failed on {head.Abbreviated}.", "Repair them first: they will stop the pull request.", link),
            _ when states.Exists(check => check.State is null) => new ReadinessCheck(id, $"Checks are running on {dev}", Warning, $"{states.Count(check => check.State is null)} of {states.Count} on {head.Abbreviated} are not over.", "Wait for them, or go on.", link),
            _ => new ReadinessCheck(id, $"Checks passed on {dev}", Ok, $"{states.Count} of {states.Count} on {head.Abbreviated}.", Link: link),
        };
    }

    private static bool? StateOf(GitHubCheckRun run) => run.Status != "completed" ? null : run.Conclusion is "success" or "neutral" or "skipped";

    private static bool? StateOf(GitHubStatus status) => status.State switch
    {
        "success" => true,
        "pending" => null,
        _ => false,
    };

    public static async Task<ReadinessCheck> ProtectionAsync(ReadinessScene scene)
    {
        const string id = "review-rule";
        var main = scene.Settings.MainBranch;
        if (!scene.Settings.RequireReview)
            return new ReadinessCheck(id, "No review is waited for", Ok, "The project's settings leave it out.");
        if (!RepositoryName.TryParse(scene.Project.Repository, out var repository) || !BranchName.TryParse(main, out var branch, out _))
            return new ReadinessCheck(id, "The rules of the repository are not known", Warning, $"'{scene.Project.Repository}' or '{main}' is no name.", "Correct it in the project's settings.");
        var found = await (await scene.GitHubAsync()).BranchAsync(repository, branch, scene.Cancellation);
        if (!found.IsOk)
            return new ReadinessCheck(id, "The rules of the repository are not known", Warning, found.Error.Message, "Look again when GitHub answers.");
        return found.Value is { Protected: true }
            ? new ReadinessCheck(id, $"{main} is protected", Ok, "GitHub itself holds the merge back until its rules are met.")
            : new ReadinessCheck(id, $"{main} is not protected on GitHub", Ok, "The release waits for a review by itself. Others could still merge without one.", "Protect the branch on GitHub if that matters.");
    }
}
