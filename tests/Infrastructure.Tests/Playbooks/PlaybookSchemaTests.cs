using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.TestSupport.Playbooks;
using YamlDotNet.Serialization;

namespace ReleaseDashboard.Infrastructure.Tests.Playbooks;

public sealed class PlaybookSchemaTests
{
    private const string SchemaFile = "playbooks/playbook.schema.json";
    private static readonly SmallSchemaValidator Validator = new(PlaybookSchema.Build(ShippedCatalogue.Instance));

    /// <summary>Run the tests with UPDATE_SCHEMA=1 to write the file anew.</summary>
    [Fact]
    public void CommittedSchema_OfTheCatalogue_IsCurrent()
    {
        var text = PlaybookSchema.Text(ShippedCatalogue.Instance);
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
            File.WriteAllText(Path.Combine(RepositoryFiles.Root, SchemaFile), text);
        RepositoryFiles.Read(SchemaFile).ShouldBe(text, "the catalogue has changed: run this test with UPDATE_SCHEMA=1");
    }

    [Fact]
    public void BuiltInPlaybooks_EachOne_NamesTheSchemaAndFitsIt()
    {
        var files = Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "playbooks"), "*.yml");
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var yaml = File.ReadAllText(file);
            yaml.ShouldStartWith("# yaml-language-server: $schema=playbook.schema.json\n");
            Validator.IsValid(Json(yaml)).ShouldBeTrue(file);
        }
    }

    // Each change breaks the real playbook in one way; the schema and the reader must both see it.
    [Theory]
    [InlineData("schema: 1", "schema: 2")]
    [InlineData("revision: 3", "revision: 0")]
    [InlineData("name: wrapper", "name: Wrapper")]
    [InlineData("title: Preflight", "titel: Preflight")]
    [InlineData("kind: git.tag\n", "kind: git.tagg\n")]
    [InlineData("expected: 4s", "expected: 4 seconds")]
    [InlineData("timeout: 7d", "timeout: soon")]
    [InlineData("optional: true", "optional: perhaps")]
    [InlineData("          method: merge", "          method: melt")]
    [InlineData("          assets:\n            - ${{ steps.package.outputs.file }}", "          assets: file")]
    [InlineData("          latest: ${{ release.is_final }}", "          latest: sometimes")]
    [InlineData("          pull_request: ${{ steps.pull-request.outputs.number }}", "          pull_request: first")]
    [InlineData("          branch: ${{ project.submodule_branch }}", "          brunch: main")]
    [InlineData("          role: reviewer", "          role: anybody")]
    [InlineData("          count: 1", "          count: 0")]
    [InlineData("          attempts: 3", "          attempts: 30")]
    [InlineData("        kind: git.push\n", "        kind: git.push\n        retry: {attempts: 2, delay: 1s}\n")]
    [InlineData("        kind: git.push\n", "        kind: git.push\n        approval: {role: reviewer}\n")]
    [InlineData("        kind: github.merge\n", "        kind: github.merge\n        permanent: false\n")]
    [InlineData("          - id: readme", "          - key: readme")]
    [InlineData("        kind: preflight\n", "        kind: approval\n")]
    public void Schema_AndReader_RefuseTheSameMistake(string right, string wrong)
    {
        var wrapper = RepositoryFiles.Read("playbooks/wrapper.yml");
        wrapper.ShouldContain(right);
        var broken = wrapper.Replace(right, wrong, StringComparison.Ordinal);
        YamlPlaybookReader.Read(broken, ShippedCatalogue.Instance, "wrapper.yml").Faults.ShouldNotBeEmpty();
        Validator.IsValid(Json(broken)).ShouldBeFalse();
    }

    private static JsonNode Json(string yaml)
    {
        var value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(value))!;
    }
}
