using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Rest;

/// <summary>A request to a repository's API, made by the middleware once repository and caller are known.</summary>
/// <param name="Http">The request.</param>
/// <param name="Repository">The repository of the address.</param>
/// <param name="Actor">The caller; an anonymous reader is nobody.</param>
internal sealed record Call(HttpContext Http, SandboxRepository Repository, Persona? Actor)
{
    /// <summary>The caller of a write. The middleware lets no anonymous write through.</summary>
    public Persona Writer => Actor ?? throw new InvalidOperationException("An anonymous write got past the middleware.");

    public RepositoryState State => Repository.State;

    /// <summary>Binds the parameter of an endpoint.</summary>
    public static ValueTask<Call?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Call>());

    public Task<T?> ReadAsync<T>()
        where T : class => RequestJson.ReadAsync<T>(Http.Request);

    /// <summary>Records what the caller did. It is not taken back when the client hangs up: by then it has happened.</summary>
    public Task<EffectEntry> RecordAsync(EffectLog effects, string action, string subject, string? digest) =>
        effects.AppendAsync(new Effect("github", action, subject, digest, Writer.Login), CancellationToken.None);

    /// <summary>Saves a change together with its effect, then logs the effect.</summary>
    public async Task SaveAsync_NeedsTurn(EffectLog effects, RepositoryState next, string action, string subject, string? digest)
    {
        var effect = new Effect("github", action, subject, digest, Writer.Login);
        Repository.Save_NeedsTurn(next with { Owed = new Owed(effects.Count, effect) });
        await effects.AppendAsync(effect, CancellationToken.None);
    }

    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A part of the address; clients send slashes in branch names encoded.</summary>
    public string Route(string name) => Uri.UnescapeDataString(Http.Request.RouteValues[name]?.ToString() ?? "");

    public IResult Ok(object? answer, int status = 200) => Results.Json(answer, SandboxJson.Compact, statusCode: status);

    /// <summary>One page of a list, with the <c>Link</c> header to the others.</summary>
    public IResult Page<T>(IReadOnlyList<T> all, Func<T, object> answer) => Ok(Paging.Cut(Http, all).Select(answer).ToList());

    public async Task<IResult> PageAsync<T>(IReadOnlyList<T> all, Func<T, Task<object>> answer)
    {
        var page = new List<object>();
        foreach (var item in Paging.Cut(Http, all))
            page.Add(await answer(item));
        return Ok(page);
    }
}
