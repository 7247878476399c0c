using System.CommandLine;
using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.CommandLine;

internal static class ProjectVerbs
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Short name." };
        var repository = new Argument<string>("repository") { Description = "OWNER/NAME." };
        var settings = new Option<FileInfo>("--settings") { Description = "JSON file with the settings; at least gitUrl, webUrl, package and versionFile.", Required = true };
        var simulated = new Option<bool>("--simulated") { Description = "Its remotes are those of the sandbox." };
        var add = new Command("add", "Add a project.") { name, repository, settings, simulated };
        add.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            ProjectSettings read;
            try
            {
                read = JsonSerializer.Deserialize<ProjectSettings>(await File.ReadAllTextAsync(parse.GetValue(settings)!.FullName, cancellationToken), Json)
                    ?? throw new JsonException("The file holds null.");
            }
            catch (Exception exception) when (exception is JsonException or IOException)
            {
                return run.Fail($"The settings cannot be read: {exception.Message}");
            }
            var result = await run.Get<CreateProject>().RunAsync(
                Actor.System, parse.GetValue(name)!, parse.GetValue(repository)!, parse.GetValue(simulated), read, cancellationToken);
            return result.IsOk ? run.Say($"Added {result.Value.Name}.") : run.Fail(result.Error.Message);
        }));
        var list = new Command("list", "List projects with their last release.");
        list.SetAction(CommandRun.Action(async (run, _, cancellationToken) =>
        {
            foreach (var project in await run.Get<ProjectQueries>().ListAsync(cancellationToken))
                run.Say($"{project.Project.Name,-28} {project.Project.Repository,-40} {project.LastRelease?.Version ?? "no release"}");
            return 0;
        }));
        return new Command("project", "Manage projects.") { add, list, ReleaseReadingVerbs.Trends(), WorkVerbs.Follow(), WorkVerbs.Unfollow() };
    }
}
