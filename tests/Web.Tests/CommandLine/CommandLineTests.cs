using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;
using ReleaseDashboard.Web.CommandLine;

namespace ReleaseDashboard.Web.Tests.CommandLine;

/// <summary>The verbs as real processes, on the data of a server that runs.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Verbs_WhileServerRuns_WorkOnTheSameData()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        var data = dashboard.Database.DataFolder;
        (await RunAsync("correct horse battery", "user", "add", "ada", "--roles", "viewer,administrator", "--data", data)).ShouldBe((0, "Added ada.\n", ""));
        (await RunAsync("", "user", "roles", "ada", "viewer,reviewer,administrator", "--data", data)).ShouldBe((0, "ada is now viewer, reviewer, administrator.\n", ""));
        (await RunAsync("", "user", "roles", "ada", "reviewer", "--data", data)).Errors.ShouldContain("is the last administrator");
        var (code, token, _) = await RunAsync("", "token", "create", "--user", "ada", "--data", data);
        code.ShouldBe(0);
        using (var answer = await dashboard.OpenApi(token.Trim()).GetAsync("projects"))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RunAsync("", "audit", "verify", "--data", data)).Output.ShouldContain("first bad: none");
        var second = await RunAsync("", "serve", "--data", data, "--urls", "http://127.0.0.1:0");
        second.Code.ShouldBe(2);
        second.Errors.ShouldContain($"Data is '{data}', which process {Environment.ProcessId} works on");
    }

    [Fact]
    public async Task Channels_ByVerbs_AreAddedListedTriedAndRemoved()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var receiver = await TestSupport.Notifications.HttpReceiver.StartAsync();
        string[] data = ["--data", database.DataFolder, "--set", "Notifications:AllowLocalAddresses=true"];
        await RunAsync("correct horse battery", ["user", "add", "ada", "--roles", "administrator", .. data]);
        var (code, output, errors) = await RunAsync($"{receiver.Address}hidden", ["channel", "add", "webhook", "ops", "--user", "ada", "--event", "step.failed", .. data]);
        code.ShouldBe(0, errors);
        output.ShouldContain("Signing key, shown this once: ");
        var id = output.Split('\n')[0];
        (await RunAsync("", ["channel", "test", id, "--user", "ada", .. data])).ShouldBe((0, "It got through.\n", ""));
        receiver.All.ShouldHaveSingleItem().Path.ShouldBe("/hidden");
        var listed = (await RunAsync("", ["channel", "list", "--user", "ada", .. data])).Output;
        listed.ShouldContain("delivered ");
        listed.ShouldNotContain("hidden");
        (await RunAsync("", ["channel", "remove", id, "--user", "ada", .. data])).Code.ShouldBe(0);
        (await RunAsync("", ["channel", "list", .. data])).Errors.ShouldContain("--user NAME or --project NAME");
        (await RunAsync("", ["notifications", "list", "--user", "ada", .. data])).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("worker")]
    [InlineData("audit", "verify")]
    public async Task Verb_DataFolderThatCannotBeWritten_SaysSo(params string[] verb)
    {
        // Nobody makes folders there, not even root.
        var (code, _, errors) = await RunAsync("", [.. verb, "--data", "/proc/releases"]);
        code.ShouldBe(2);
        errors.ShouldContain("Data is '/proc/releases', where the user ");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task AuditVerify_AfterTampering_ExitsWithOne()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await RunAsync("correct horse battery", "user", "add", "ada", "--data", database.DataFolder);
        await using (var db = database.Ledger.Read())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER audit_no_update");
            await db.Database.ExecuteSqlRawAsync("UPDATE audit SET \"Subject\" = 'eve'");
        }
        var (code, output, _) = await RunAsync("", "audit", "verify", "--data", database.DataFolder);
        code.ShouldBe(1);
        output.ShouldContain("first bad: 1 (Entry 1 was changed after it was written");
    }

    [Fact]
    public async Task Configuration_SeveralFaults_AreReportedTogether()
    {
        var (code, _, errors) = await RunAsync("", "serve", "--urls", "nonsense", "--set", "Worker:CrashAt=x", "--set", "Sandbox:Enabled=maybe");
        code.ShouldBe(2);
        errors.ShouldContain("Urls holds 'nonsense'");
        errors.ShouldContain("Worker:CrashAt is 'x'");
        errors.ShouldContain("Sandbox:Enabled is 'maybe'");
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ReleaseCommandLine).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await errors);
    }
}
