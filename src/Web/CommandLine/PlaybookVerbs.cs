using System.CommandLine;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Web.CommandLine;

internal static class PlaybookVerbs
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The YAML file." };
        var check = new Command("check", "Check a playbook and print every fault. Exit code 0 when there is none, 1 else.") { file };
        check.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var path = parse.GetValue(file)!;
            if (!path.Exists)
                return run.Fail($"There is no file {path}.");
            var reading = YamlPlaybookReader.Read(await File.ReadAllTextAsync(path.FullName, cancellationToken), run.Get<StepCatalogue>().Playbooks, path.Name);
            foreach (var fault in reading.Faults)
                run.Say(fault.ToString());
            return reading.Faults.Count == 0 ? run.Say($"{path.Name}: {reading.Playbook!.Steps.Count()} steps, no fault.") : 1;
        }));
        return new Command("playbook", "Playbooks.") { check };
    }
}
