using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Infrastructure.Freezes;

namespace ReleaseDashboard.Infrastructure.Approvals;

internal static class ApprovalServices
{
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddSingleton<ApprovalRequests>();
        services.AddSingleton<ApprovalEvidence>();
        services.AddSingleton<ReleaseAuthors>();
        services.AddSingleton<GeneratedNotes>();
        services.AddSingleton<ProjectPeople>();
        services.AddSingleton<PullRequestReviews>();
        services.AddSingleton<FreezeQueries>();
        services.AddSingleton<CreateFreeze>();
        services.AddSingleton<LiftFreeze>();
        services.AddSingleton<OverrideFreeze>();
        return services;
    }
}
