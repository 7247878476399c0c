using System.CommandLine;
using System.Globalization;
using ReleaseDashboard.Infrastructure.Audit.Exporting;
using ReleaseDashboard.Infrastructure.Audit.Listing;

namespace ReleaseDashboard.Web.CommandLine;

internal static class AuditExportVerb
{
    public static Command Create()
    {
        var format = new Option<AuditExportFormat>("--format") { Description = "jsonl or csv.", DefaultValueFactory = _ => AuditExportFormat.Jsonl };
        var person = new Option<string?>("--person") { Description = "Only of this person or worker." };
        var project = new Option<string?>("--project") { Description = "Only of this project." };
        var release = new Option<Guid?>("--release") { Description = "Only of the release with this id." };
        var action = new Option<string?>("--action") { Description = "Only this action, or those that begin so when it ends in a dot: step." };
        var from = new Option<DateTimeOffset?>("--from") { Description = "From this moment on, such as 2026-11-20T00:00Z.", CustomParser = Moment };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Before this moment.", CustomParser = Moment };
        var output = new Option<FileInfo?>("--out") { Description = "The file to write; standard output without it." };
        var export = new Command("export", "Write entries out, newest first.") { format, person, project, release, action, from, to, output };
        export.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var filter = new AuditFilter
            {
                Actor = parse.GetValue(person), Project = parse.GetValue(project), Release = parse.GetValue(release), Action = parse.GetValue(action), From = parse.GetValue(from), To = parse.GetValue(to),
            };
            if (parse.GetValue(output) is not { } file)
            {
                await using var standard = Console.OpenStandardOutput();
                await run.Get<AuditExport>().WriteAsync(standard, filter, parse.GetValue(format), cancellationToken);
                return 0;
            }
            await using var stream = new FileStream(file.FullName, FileMode.Create, FileAccess.Write);
            var count = await run.Get<AuditExport>().WriteAsync(stream, filter, parse.GetValue(format), cancellationToken);
            return run.Say(string.Create(CultureInfo.InvariantCulture, $"{count} entries in {file.FullName}"));
        }));
        return export;
    }

    private static DateTimeOffset? Moment(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        result.AddError($"'{result.Tokens[0].Value}' is no moment; one looks like 2026-11-20T00:00Z.");
        return null;
    }
}
