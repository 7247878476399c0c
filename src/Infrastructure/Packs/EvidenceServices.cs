using Microsoft.Extensions.DependencyInjection;

namespace ReleaseDashboard.Infrastructure.Packs;

public static class EvidenceServices
{
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services.AddSingleton<PackSteps>().AddSingleton<EvidencePacks>();
}
