using System.Reflection;
using System.Text.Json.Serialization;
using ReleaseDashboard.Web.Api;

namespace ReleaseDashboard.Web.Tests.Api;

public sealed class ApiJsonTests
{
    [Fact]
    public void Types_CompiledWithTheProgram_HaveNoDefaultsToForget()
    {
        var types = typeof(ApiJson).GetCustomAttributesData().Where(data => data.AttributeType == typeof(JsonSerializableAttribute))
            .Select(data => (Type)data.ConstructorArguments[0].Value!).Select(type => type.IsGenericType ? type.GetGenericArguments()[0] : type).ToList();
        types.Count.ShouldBeGreaterThan(20);
        foreach (var type in types)
        {
            var said = type.GetConstructors().OrderByDescending(made => made.GetParameters().Length).First().GetParameters().Select(parameter => parameter.Name);
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null).Select(property => property.Name)
                .ShouldBeSubsetOf(said, $"{type.Name} has properties that its constructor does not set");
        }
    }
}
