using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Tests.Clients;

namespace ReleaseDashboard.Infrastructure.Tests.Git;

public sealed class GitCredentialTests : GitFixture
{
    private const string Token = "ghp_0123456789abcdefABCDEF";

    [Fact]
    public async Task Token_IsSentToItsHostOnlyAndNeverShown()
    {
        var seen = new List<string>();
        await using var own = await LoopbackServer.StartAsync(app => app.Run(context => RecordAsync(context, seen)));
        await using var other = await LoopbackServer.StartAsync(app => app.Run(context => RecordAsync(context, seen)));
        var ownUrl = RemoteUrl.Parse($"{own.Address}o/n.git");
        var session = Session with { Credential = new GitCredential(ownUrl, Token) };

        var error = await session.ListRemoteAsync(ownUrl, [], Stop).FailedAsync(GitFailure.AuthenticationFailed);
        seen.ShouldContain($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Token}"))}");
        seen.Clear();
        await session.ListRemoteAsync(RemoteUrl.Parse($"{other.Address}o/n.git"), [], Stop).FailedAsync(GitFailure.AuthenticationFailed);

        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(header => header.Length == 0);
        (Log.Text + error + session.Credential).ShouldNotContain(Token);
    }

    [Fact]
    public async Task Token_OnARedirect_GoesNowhere()
    {
        var seen = new List<string>();
        await using var other = await LoopbackServer.StartAsync(app => app.Run(context => RecordAsync(context, seen)));
        await using var own = await LoopbackServer.StartAsync(app => app.Run(context =>
        {
            context.Response.Redirect(other.Address + "o/n.git" + context.Request.QueryString);
            return Task.CompletedTask;
        }));
        var url = RemoteUrl.Parse($"{own.Address}o/n.git");

        (await (Session with { Credential = new GitCredential(url, Token) }).ListRemoteAsync(url, [], Stop)).IsOk.ShouldBeFalse();

        seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_WhileGitUsesIt_IsInNoProcesssArguments()
    {
        var lines = new List<string>();
        await using var own = await LoopbackServer.StartAsync(app => app.Run(async context =>
        {
            if (context.Request.Headers.Authorization.Count > 0)
            {
                // Git waits for this answer, so its processes are all there.
                lock (lines) lines.AddRange(CommandLines());
            }
            await RecordAsync(context, []);
        }));
        var url = RemoteUrl.Parse($"{own.Address}o/n.git");

        await (Session with { Credential = new GitCredential(url, Token) }).ListRemoteAsync(url, [], Stop).FailedAsync(GitFailure.AuthenticationFailed);

        lines.ShouldContain(line => line.Contains("git-remote-http", StringComparison.Ordinal) || line.Contains("remote-http", StringComparison.Ordinal));
        lines.ShouldNotContain(line => line.Contains(Token, StringComparison.Ordinal) || line.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Token}")), StringComparison.Ordinal));
    }

    /// <summary>Command lines of every process of this machine, as anybody on it can read them.</summary>
    private static IEnumerable<string> CommandLines()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)))
        {
            string text;
            try
            {
                text = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                // It has ended meanwhile.
                continue;
            }
            yield return text.Replace('\0', ' ');
        }
    }

    private static Task RecordAsync(HttpContext context, List<string> seen)
    {
        lock (seen) seen.Add(context.Request.Headers.Authorization.ToString());
        context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"test\"";
        return Task.CompletedTask;
    }
}
