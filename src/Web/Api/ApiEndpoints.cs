using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using ReleaseDashboard.Web.Audit;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>The REST API for scripts, <c>/api/v1</c>.</summary>
internal static class ApiEndpoints
{
    /// <summary>Reading takes a token, or the session of somebody who looks with the browser.</summary>
    private static readonly AuthorizationPolicy Reading = new AuthorizationPolicyBuilder(
        CookieAuthenticationDefaults.AuthenticationScheme, ApiTokenHandler.SchemeName).RequireAuthenticatedUser().Build();

    /// <summary>Writing takes a token: a browser sends cookies along with requests that other sites make it send.</summary>
    private static readonly AuthorizationPolicy Writing = new AuthorizationPolicyBuilder(ApiTokenHandler.SchemeName).RequireAuthenticatedUser().Build();

    public static void AddApi(this IServiceCollection services)
    {
        services.AddScoped<LogFollower>();
        services.AddScoped<AuditAccess>();
        services.AddScoped<ApiPerson>();
        services.AddScoped<ChannelWhere>();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        services.AddOpenApi("v1", ApiDescription.Configure);
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var reads = routes.MapGroup("/api/v1").RequireAuthorization(Reading).ProducesProblem(401).ProducesProblem(404);
        reads.MapProjectReads();
        reads.MapReleaseReads();
        reads.MapLogReads();
        reads.MapAuditReads();
        reads.MapCheckpointReads();
        reads.MapEvidenceReads();
        reads.MapSecretReads();
        reads.MapPeopleReads();
        reads.MapGroupReads();
        reads.MapAccessReads();
        reads.MapTokenReads();
        reads.MapApprovalReads();
        reads.MapFreezeReads();
        reads.MapNotificationReads();
        reads.MapChannelReads();
        reads.MapHistoryReads();
        var writes = routes.MapGroup("/api/v1").RequireAuthorization(Writing)
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .AddEndpointFilter<RouteGroupBuilder, RequiredValues>();
        writes.MapProjectWrites();
        writes.MapReleaseWrites();
        writes.MapStepWrites();
        writes.MapSecretWrites();
        writes.MapPeopleWrites();
        writes.MapGroupWrites();
        writes.MapAccessWrites();
        writes.MapTokenWrites();
        writes.MapApprovalWrites();
        writes.MapFreezeWrites();
        writes.MapAuditWrites();
        writes.MapCheckpointWrites();
        writes.MapNotificationWrites();
        writes.MapChannelWrites();
        writes.MapHistoryWrites();
        // An unknown address under the API is answered as the API answers, not with a page.
        routes.Map("/api/{**rest}", () => ApiProblems.NotFound("There is no such address in this API. See /openapi/v1.json."))
            .RequireAuthorization(Reading).ForSignedIn().ExcludeFromDescription();
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }
}
