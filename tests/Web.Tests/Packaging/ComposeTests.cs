using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using ReleaseDashboard.TestSupport.Playbooks;
using ReleaseDashboard.Web.Configuration;
using YamlDotNet.Serialization;

namespace ReleaseDashboard.Web.Tests.Packaging;

/// <summary>compose.yaml and the image speak of settings that the program reads, in a form that it takes.</summary>
public sealed class ComposeTests
{
    private static readonly Compose File = new DeserializerBuilder()
        .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties()
        .Build().Deserialize<Compose>(RepositoryFiles.Read("compose.yaml"));

    private static Service Product => File.Services["dashboard"];

    [Fact]
    public void Settings_OfComposeAndImage_AreReadByTheProgram()
    {
        var source = new ReadKeys();
        DashboardOptionsReader.Read(new ConfigurationRoot([source]));
        var image = Regex.Match(RepositoryFiles.Read("Dockerfile"), "(?<=^ENV ).+$", RegexOptions.Multiline).Value.Split(' ').Select(pair => pair.Split('=')[0]);
        string[] names = [.. Product.Environment.Keys, .. image];
        names.ShouldContain("Database");
        names.ShouldContain("Data");
        foreach (var name in names)
            source.Keys.ShouldContain(name.Replace("__", ":", StringComparison.Ordinal));
    }

    [Fact]
    public void Database_WithoutPassword_IsSqlite() => Read("").Postgres.ShouldBeNull();

    [Fact]
    public void Database_WithPassword_IsThePostgresOfTheProfile()
    {
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(Read("s3cret").Postgres);
        var postgres = File.Services[connection.Host!];
        postgres.Profiles.ShouldBe(["postgres"]);
        postgres.Environment["POSTGRES_USER"].ShouldBe(connection.Username);
        postgres.Environment["POSTGRES_DB"].ShouldBe(connection.Database);
        connection.Password.ShouldBe("s3cret");
        Product.DependsOn[connection.Host!].Condition.ShouldBe("service_healthy");
        postgres.Healthcheck.ShouldNotBeNull();
    }

    [Fact]
    public void Volumes_OfEveryService_AreDeclared()
    {
        var used = File.Services.Values.SelectMany(service => service.Volumes).Select(volume => volume.Split(':')[0]).ToList();
        used.Count.ShouldBe(2);
        used.ShouldBe(File.Volumes.Keys, ignoreOrder: true);
        Product.Volumes.ShouldContain("data:/data");
    }

    // ${NAME:+text} of the Compose specification: the text when NAME is set and not empty.
    private static DashboardOptions Read(string password)
    {
        var text = Regex.Match(Product.Environment["Database"], @"(?<=^\$\{POSTGRES_PASSWORD:\+).+(?=\}$)").Value;
        text.ShouldNotBeEmpty();
        var value = password.Length == 0 ? "" : text.Replace("${POSTGRES_PASSWORD:-}", password, StringComparison.Ordinal);
        return DashboardOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Database", value)]).Build());
    }

    private sealed class ReadKeys : ConfigurationProvider
    {
        public HashSet<string> Keys { get; } = [];

        public override bool TryGet(string key, out string? value)
        {
            Keys.Add(key);
            return base.TryGet(key, out value);
        }
    }

    private sealed record Compose
    {
        public Dictionary<string, Service> Services { get; init; } = [];
        public Dictionary<string, object?> Volumes { get; init; } = [];
    }

    private sealed record Service
    {
        public Dictionary<string, string> Environment { get; init; } = [];
        public List<string> Profiles { get; init; } = [];
        public List<string> Volumes { get; init; } = [];
        public Dictionary<string, Dependency> DependsOn { get; init; } = [];
        public Dictionary<string, object>? Healthcheck { get; init; }
    }

    private sealed record Dependency
    {
        public string Condition { get; init; } = "";
    }
}
