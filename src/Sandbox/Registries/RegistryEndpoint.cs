using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>
/// The distribution API of one registry (https://github.com/opencontainers/distribution-spec). Repositories have slashes in their
/// names, so addresses are taken apart here and not by routes.
/// </summary>
internal sealed partial class RegistryEndpoint(ImageRegistry registry, TimeProvider time)
{
    private readonly RegistryTokens tokens = new(time);

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        var path = context.Request.Path.Value ?? "";
        var caller = RegistryCaller.Of(context.Request, registry.Credentials, tokens);
        var answer = (path, caller) switch
        {
            ("/token", _) => Token(context, caller),
            (_, { IsRefused: true }) => Challenge(context, null),
            ("/v2" or "/v2/", { IsKnown: false }) => Challenge(context, null),
            ("/v2" or "/v2/", _) => Results.Json(new { }),
            ("/v2/_catalog", _) => ListRequests.Catalog(context, registry),
            _ => await RepositoryAsync(context, path, caller),
        };
        await answer.ExecuteAsync(context);
    }

    private async Task<IResult> RepositoryAsync(HttpContext context, string path, RegistryCaller caller)
    {
        if (Address().Match(path) is not { Success: true } match)
            return path.StartsWith("/v2/", StringComparison.Ordinal) ? RegistryError.Unsupported.Answer() : Results.NotFound();
        var name = match.Groups["name"].Value;
        if (!RegistryNames.IsRepository(name))
            return RegistryError.NameInvalid(name).Answer();
        var method = context.Request.Method;
        var needed = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? null : HttpMethods.IsDelete(method) ? "delete" : "push";
        var isUpload = match.Groups["upload"].Success;
        if (isUpload)
            needed = "push"; // asking how far an upload has come, or giving it up, is part of writing
        if (needed is not null && !caller.May(needed, name))
        {
            // A client that is still sending does not see an answer that comes before.
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            return Challenge(context, $"repository:{name}:pull,{needed}");
        }

        var call = new RegistryCall(context, registry, name, needed is null ? null : caller.Actor);
        return isUpload ? await UploadRequests.HandleAsync(call, match.Groups["upload"].Value)
            : match.Groups["blob"] is { Success: true } blob ? await BlobRequests.HandleAsync(call, blob.Value)
            : match.Groups["manifest"] is { Success: true } manifest ? await ManifestRequests.HandleAsync(call, manifest.Value)
            : match.Groups["subject"] is { Success: true } subject ? ListRequests.Referrers(call, subject.Value)
            : ListRequests.Tags(call);
    }

    private IResult Challenge(HttpContext context, string? scope)
    {
        var host = context.Request.Host.ToString();
        context.Response.Headers.WWWAuthenticate = registry.Authentication == RegistryAuthentication.Basic
            ? $"Basic realm=\"{registry.Name}\""
            : $"Bearer realm=\"{context.Request.Scheme}://{host}/token\",service=\"{host}\"" + (scope is null ? "" : $",scope=\"{scope}\"");
        return new RegistryError(401, "UNAUTHORIZED", "authentication required", scope).Answer();
    }

    private IResult Token(HttpContext context, RegistryCaller caller)
    {
        if (caller.IsRefused)
            return new RegistryError(401, "UNAUTHORIZED", "incorrect username or password").Answer();
        var token = tokens.Issue(caller.Actor, context.Request.Query["scope"].OfType<string>());
        return Results.Json(new { token, access_token = token, expires_in = RegistryTokens.Seconds, issued_at = time.GetUtcNow() }, SandboxJson.Compact);
    }

    [GeneratedRegex(
        "^/v2/(?<name>.+?)/(?:blobs/uploads/(?<upload>[^/]*)|blobs/(?<blob>[^/]+)|manifests/(?<manifest>[^/]+)|referrers/(?<subject>[^/]+)|tags/list)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
