using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.Faults;

/// <summary>Stands before every simulated service and harms the requests that a rule names. Control addresses are never harmed.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultRules rules, LastAnswers answers, ImageRegistries registries, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var rule = context.Request.Path.StartsWithSegments("/sandbox")
            ? null
            : rules.Take(context.Request.Method, context.Request.Path.Value ?? "/", registries.Of(context)?.Name);
        if (rule is { DelayMilliseconds: > 0 })
            await Task.Delay(TimeSpan.FromMilliseconds(rule.DelayMilliseconds), time, context.RequestAborted);

        switch (rule?.Kind)
        {
            case FaultKind.Drop:
                context.Abort();
                break;
            case FaultKind.Status:
                await AnswerAsync(context, rule);
                break;
            case FaultKind.LostAnswer:
                await CarryOutUnansweredAsync(context);
                break;
            case FaultKind.Stale when answers.Find(context.Request) is { } last:
                await last.WriteAsync(context);
                break;
            case FaultKind.CutAnswer:
                context.Response.Body = new CutStream(context.Response.Body, rule.Bytes, context.Abort);
                await next(context);
                break;
            case FaultKind.CutRequest:
                context.Request.Body = new CutStream(context.Request.Body, rule.Bytes, context.Abort);
                await next(context);
                break;
            default:
                await answers.RememberAsync(context, next);
                break;
        }
    }

    private static async Task AnswerAsync(HttpContext context, FaultRule rule)
    {
        context.Response.StatusCode = rule.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        foreach (var (name, value) in rule.Headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(rule.Body ?? "", context.RequestAborted);
    }

    private async Task CarryOutUnansweredAsync(HttpContext context)
    {
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        await next(context);
        context.Abort();
    }
}
