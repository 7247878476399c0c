using System.CommandLine;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Web.CommandLine;

namespace ReleaseDashboard.Web.Tests.CommandLine;

/// <summary>Runs verbs inside the test's process, on the data of a server that runs: as the program does, without the wait for its start.</summary>
internal sealed class Verbs(string data, string? postgres = null)
{
    public Verbs(TestDatabase database)
        : this(database.DataFolder, database.Options.Postgres)
    {
    }

    public async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await ReleaseCommandLine.Root().Parse([.. arguments, "--data", data, .. postgres is null ? [] : new[] { "--database", postgres }])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs a verb that has to succeed; what it says.</summary>
    public async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        code.ShouldBe(0, errors);
        errors.ShouldBe("");
        return output.TrimEnd();
    }

    /// <summary>Runs a verb that has to be refused; what it says.</summary>
    public async Task<string> RefusedAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        code.ShouldBe(1, output);
        return errors.TrimEnd();
    }
}
