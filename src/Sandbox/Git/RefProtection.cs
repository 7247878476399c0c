using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>Refs that refuse force pushes and deletion; a protected tag does not move at all.</summary>
internal static class RefProtection
{
    // Git itself asks this hook about each pushed ref. Its folder is the repository.
    private const string Hook = """
        #!/bin/sh
        refuse() { echo "error: GH006: Protected ref update failed for $1." >&2; exit 1; }
        none=0000000000000000000000000000000000000000
        grep -Fxq -- "$1" protected-refs || exit 0
        [ "$3" != $none ] || refuse "$1"
        [ "$2" != $none ] || exit 0
        case "$1" in refs/tags/*) refuse "$1" ;; esac
        git merge-base --is-ancestor "$2" "$3" || refuse "$1"

        """;

    internal static void MapProtection(this IEndpointRouteBuilder app) => app.MapPost("/sandbox/protection", ProtectAsync);

    private static async Task<IResult> ProtectAsync(HttpRequest request, SandboxRepositories repositories)
    {
        if (await RequestJson.ReadAsync<Wanted>(request) is not { Repository: { } name, Refs: { } refs } || name.Split('/') is not [var owner, var repo])
            return Results.BadRequest("A repository (OWNER/NAME) and refs (full names) are expected, as JSON.");
        if (repositories.Find(owner, repo) is not { } repository)
            return Results.NotFound();
        using var turn = await repository.EnterAsync();
        var hook = Path.Combine(repository.Git.Folder, "hooks", "update");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(hook, Hook, CancellationToken.None);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllLinesAsync(Path.Combine(repository.Git.Folder, "protected-refs"), refs, CancellationToken.None);
        repository.Save_NeedsTurn(repository.State with { Protected = [.. refs] });
        return Results.Json(refs, SandboxJson.Compact);
    }

    private sealed record Wanted(string? Repository, IReadOnlyList<string>? Refs);
}
