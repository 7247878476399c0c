using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Generate;

/// <summary>The people and projects of the generated years. Few of them do most, as in life.</summary>
internal sealed class Cast
{
    public Cast(GenerateOptions options, DateTimeOffset first)
    {
        People = [.. Enumerable.Range(0, options.People).Select(at => $"p{at:00}")];
        Users = [.. People.Select((name, at) => new UserRecord
        {
            Id = Guid.CreateVersion7(first.AddSeconds(at)), Name = name, NormalizedName = name.ToUpperInvariant(), DisplayName = $"Person {at}",
            Roles = Roles.Viewer | Roles.Maintainer | Roles.Reviewer, IsDisabled = false, SecurityStamp = "generated", CreatedAt = first,
        })];
        Projects = [.. Enumerable.Range(0, options.Projects).Select(at => new ProjectRecord
        {
            Id = Guid.CreateVersion7(first.AddSeconds(at)), Name = $"project-{at:00}", Repository = $"acme/project-{at:00}", IsSandbox = true, CreatedAt = first, CreatedBy = People[0],
            Settings = new ProjectSettings { GitUrl = $"https://git.example/project-{at:00}.git", WebUrl = $"https://git.example/project-{at:00}", Package = $"project-{at:00}" },
        })];
    }

    public IReadOnlyList<string> People { get; }

    public IReadOnlyList<UserRecord> Users { get; }

    public IReadOnlyList<ProjectRecord> Projects { get; }

    /// <summary>The first ones often, the last ones seldom.</summary>
    public static T Pick<T>(IReadOnlyList<T> from, Random random) => from[(int)(from.Count * Math.Pow(random.NextDouble(), 2.5))];
}
