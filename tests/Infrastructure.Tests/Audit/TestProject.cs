using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

internal static class TestProject
{
    public static ProjectRecord Of(Guid id, string name) => new()
    {
        Id = id,
        Name = name,
        Repository = $"acme/{name}",
        IsSandbox = true,
        Settings = new ProjectSettings { GitUrl = $"https://git.example/{name}.git", WebUrl = $"https://git.example/{name}" },
        CreatedAt = DateTimeOffset.UnixEpoch,
        CreatedBy = "mia",
    };
}
