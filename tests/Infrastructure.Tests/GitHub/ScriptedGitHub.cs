using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Tests.Clients;

namespace ReleaseDashboard.Infrastructure.Tests.GitHub;

/// <summary>One request as the server saw it.</summary>
public sealed record SeenRequest(string Method, string Path, string Authorization, string? IfNoneMatch, string Body);

/// <summary>A server that plays one answer after the other, and a client for it.</summary>
public sealed class ScriptedGitHub : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly HttpClient _http = new(GitHubClient.CreateHandler());
    private LoopbackServer _server = null!;

    public string Address => _server.Address;
    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public static async Task<ScriptedGitHub> StartAsync()
    {
        var github = new ScriptedGitHub();
        github._server = await LoopbackServer.StartAsync(app => app.Run(github.AnswerAsync));
        return github;
    }

    public GitHubClient Client(Func<GitHubOptions, GitHubOptions>? change = null)
    {
        var options = new GitHubOptions
        {
            BaseAddress = new Uri($"{Address}api/v3/"), Token = "ghp_secret_token", RetryDelay = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromSeconds(20),
        };
        return new GitHubClient(_http, change?.Invoke(options) ?? options, new WritePacer(TimeProvider.System), TimeProvider.System);
    }

    public ScriptedGitHub Then(Func<HttpContext, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public ScriptedGitHub Then(int status, string json, params (string Name, string Value)[] headers) =>
        Then(async context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers) context.Response.Headers[name] = value;
            if (status is not (204 or 304)) await context.Response.WriteAsync(json);
        });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        _seen.Enqueue(new SeenRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization.ToString(),
            context.Request.Headers.IfNoneMatch.FirstOrDefault(), await reader.ReadToEndAsync()));
        if (_answers.TryDequeue(out var answer)) await answer(context);
        else context.Response.StatusCode = 599;
    }
}
