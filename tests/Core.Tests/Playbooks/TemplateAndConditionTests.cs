using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Tests.Playbooks;

public sealed class TemplateAndConditionTests
{
    private static readonly Dictionary<string, InputValue> Values = new()
    {
        ["project.test_index"] = new InputValue.Flag(true),
        ["project.require_review"] = new InputValue.Flag(false),
        ["project.build"] = new InputValue.Text("sdist"),
        ["release.version"] = new InputValue.Text("1.2.0"),
        ["project.command"] = new InputValue.List([new InputValue.Text("python3"), new InputValue.Text("-m")]),
    };

    [Theory]
    [InlineData("project.test_index", true)]
    [InlineData("not project.test_index", false)]
    [InlineData("not not project.test_index", true)]
    [InlineData("project.require_review or project.test_index", true)]
    [InlineData("project.require_review and project.test_index", false)]
    [InlineData("project.build == 'sdist'", true)]
    [InlineData("project.build != \"sdist\"", false)]
    [InlineData("project.require_review and false or true", true)]
    [InlineData("project.require_review and (false or true)", false)]
    [InlineData("project.unset", false)]
    [InlineData("project.unset == ''", true)]
    [InlineData("project.test_index==true", true)]
    [InlineData("not (project.build == 'wheel') and project.command", true)]
    public void Condition_OverValues_IsEvaluated(string text, bool expected)
    {
        Condition.TryParse(text, out var condition, out var reason, out _).ShouldBeTrue(reason);
        condition.Evaluate(Values.GetValueOrDefault).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("project.a and", 13)]
    [InlineData("project.a project.b", 10)]
    [InlineData("(project.a", 10)]
    [InlineData("project.a == ", 13)]
    [InlineData("tests", 0)]
    [InlineData("project.a = 1", 10)]
    [InlineData("project.a == 'open", 13)]
    public void Condition_NotReadable_SaysWhere(string text, int column)
    {
        Condition.TryParse(text, out _, out var reason, out var found).ShouldBeFalse();
        reason.ShouldNotBeEmpty();
        found.ShouldBe(column);
    }

    [Fact]
    public void Condition_NestedWithoutEnd_IsRefused() =>
        Condition.TryParse(new string('(', 100_000), out _, out _, out _).ShouldBeFalse();

    [Fact]
    public void Condition_ChainedWithoutEnd_IsRefused() =>
        Condition.TryParse(string.Join(" and ", Enumerable.Repeat("a.b", 100_000)), out _, out _, out _).ShouldBeFalse();

    [Fact]
    public void Template_WithReferences_IsResolved()
    {
        Template.TryParse("Release ${{release.version}} of ${{ project.gone }}!", out var template, out _).ShouldBeTrue();
        template.References.ShouldBe(["release.version", "project.gone"]);
        var unresolved = new List<string>();
        template.Resolve(Values.GetValueOrDefault, unresolved).ToString().ShouldBe("Release 1.2.0 of !");
        unresolved.ShouldBe(["project.gone"]);
    }

    [Fact]
    public void Template_ThatIsOneReference_KeepsTheTypeOfItsValue()
    {
        Template.TryParse("${{ project.test_index }}", out var template, out _).ShouldBeTrue();
        template.Resolve(Values.GetValueOrDefault, []).ShouldBe(new InputValue.Flag(true));
    }

    [Fact]
    public void List_WithAReferenceToAList_TakesItsItems()
    {
        Template.TryParse("${{ project.command }}", out var template, out _).ShouldBeTrue();
        new InputValue.List([new InputValue.Text(template), new InputValue.Text("build")])
            .Resolve(Values.GetValueOrDefault, []).ToString().ShouldBe("python3, -m, build");
    }

    // A value from outside that looks like a reference is text: it must never be looked up again.
    [Fact]
    public void Resolve_AValueThatLooksLikeAReference_StaysText()
    {
        Template.TryParse("x ${{ release.version }}", out var template, out _).ShouldBeTrue();
        var resolved = template.Resolve(_ => new InputValue.Text("${{ project.secret }}"), []);
        ((InputValue.Text)resolved).Template.References.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("${{ release.version")]
    [InlineData("${{ }}")]
    [InlineData("${{ version }}")]
    [InlineData("${{ release.version + 1 }}")]
    public void Template_BadReference_IsRefused(string text) => Template.TryParse(text, out _, out _).ShouldBeFalse();
}
