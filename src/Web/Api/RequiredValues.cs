using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace ReleaseDashboard.Web.Api;

/// <summary>
/// Refuses a body that leaves out what has to be there, naming it. Reading JSON sets such a value to null whatever its type says, and
/// everything behind here relies on the type.
/// </summary>
internal sealed class RequiredValues : IEndpointFilter
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = [];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var missing = context.Arguments.OfType<object>().SelectMany(body => Of(body.GetType()).Where(value => value.GetValue(body) is null))
            .Select(value => JsonNamingPolicy.CamelCase.ConvertName(value.Name)).ToList();
        return missing.Count == 0 ? await next(context) : ApiProblems.Invalid($"{string.Join(", ", missing)}: {(missing.Count == 1 ? "has" : "have")} to be given.");
    }

    private static PropertyInfo[] Of(Type type) => Known.GetOrAdd(type, Find);

    private static PropertyInfo[] Find(Type type)
    {
        // Bodies are records of the API; services and values of the framework are none of its business.
        if (type.Namespace != typeof(RequiredValues).Namespace || type.GetMethod("<Clone>$") is null)
            return [];
        var nullability = new NullabilityInfoContext();
        return [.. type.GetProperties().Where(value => !value.PropertyType.IsValueType && nullability.Create(value).WriteState == NullabilityState.NotNull)];
    }
}
