using System.CommandLine;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Web.CommandLine;

internal static class SecretVerbs
{
    public static Command Create()
    {
        var project = new Argument<string>("project") { Description = "Short name of the project." };
        var name = new Argument<string>("name") { Description = string.Join(", ", SecretName.All) };
        var set = new Command("set", "Store a secret; the value is read from the first line of standard input.") { project, name };
        set.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<ProjectQueries>().FindAsync(parse.GetValue(project)!, cancellationToken) is not { } found)
                return run.Fail($"There is no project {parse.GetValue(project)}.");
            if (!SecretName.All.Contains(parse.GetValue(name)!))
                return run.Fail($"No step uses a secret '{parse.GetValue(name)}'. The names are {string.Join(", ", SecretName.All)}.");
            var value = await StandardInput.ReadLineAsync("Value: ", cancellationToken);
            if (value.Length == 0)
                return run.Fail("Standard input holds no value.");
            var stored = await run.Get<SecretVault>().SetAsync(Actor.System, found.Id, parse.GetValue(name)!, value, null, cancellationToken);
            return run.Report(stored, $"Stored {parse.GetValue(name)} of {found.Name}.");
        }));
        return new Command("secret", "Manage secrets of projects.") { set };
    }
}
