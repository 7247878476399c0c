using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.People;

public static class PeopleServices
{
    /// <summary>Accounts, sign-in and tokens. The personas come with the sandbox only.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services, bool sandbox)
    {
        services.AddSingleton<IPasswordHasher<UserRecord>, PasswordHasher<UserRecord>>();
        services.AddSingleton<AccountQueries>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<FirstRun>();
        services.AddSingleton<GitHubAccounts>();
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<OwnAccount>();
        services.AddSingleton<Groups>();
        services.AddSingleton<ProjectLookup>();
        services.AddSingleton<ProjectAccess>();
        if (sandbox)
            services.AddSingleton<Personas>();
        return services;
    }
}
