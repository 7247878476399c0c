using System.CommandLine;
using System.Net.Http.Json;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.Sandbox.Import;
using ReleaseDashboard.Web.Configuration;
using ReleaseDashboard.Web.Sandbox;

namespace ReleaseDashboard.Web.CommandLine;

internal static class SandboxVerbs
{
    private static readonly TimeSpan TransferLimit = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var repository = new Argument<string>("repository") { Description = "OWNER/NAME in the sandbox." };
        var from = new Option<string>("--from") { Description = "A path of this machine, or an http(s) address.", Required = true };
        var import = new Command("import", "Bring a git repository in, with all branches and tags, so that its release can be rehearsed.") { repository, from };
        import.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var source = parse.GetValue(from)!;
            // The server may have another working directory than whoever types a path here.
            var request = new ImportRequest(parse.GetValue(repository)!, Path.Exists(source) ? Path.GetFullPath(source) : source);
            var options = run.Get<DashboardOptions>();
            return await AskAsync(run, request, options.SandboxUrl ?? SandboxAddressFile.Read(options.DataFolder), cancellationToken)
                ?? await DirectlyAsync(run, request, options.DataFolder, cancellationToken);
        }));
        return new Command("sandbox", "The simulated services.") { import };
    }

    /// <returns>The exit code, or null when no sandbox runs there.</returns>
    private static async Task<int?> AskAsync(CommandRun run, ImportRequest request, Uri? address, CancellationToken cancellationToken)
    {
        if (address is null)
            return null;
        using var client = new HttpClient { BaseAddress = address, Timeout = TransferLimit };
        try
        {
            using var answer = await client.PostAsJsonAsync("/sandbox/import", request, cancellationToken);
            return answer.IsSuccessStatusCode
                ? run.Say($"Imported {request.Repository} into the sandbox at {address}.")
                : run.Fail(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null;
        }
    }

    private static async Task<int> DirectlyAsync(CommandRun run, ImportRequest request, string dataFolder, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(dataFolder, "sandbox");
        try
        {
            await using var sandbox = new SandboxApplication(new SandboxOptions { DataFolder = folder });
            return await sandbox.Services.GetRequiredService<RepositoryImport>().ImportAsync(request.Repository, request.From, cancellationToken) switch
            {
                ImportResult.Imported imported => run.Say($"Imported {imported.FullName}. {string.Join(' ', imported.Notes)}".TrimEnd()),
                ImportResult.Refused refused => run.Fail(refused.Reason),
                var other => throw new InvalidOperationException($"Unknown result {other}."),
            };
        }
        catch (IOException exception)
        {
            return run.Fail($"The sandbox in {folder} cannot be opened: {exception.Message} Name the running one with --set Sandbox:Url=ADDRESS.");
        }
    }
}
