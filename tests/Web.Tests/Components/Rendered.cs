using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.Tests.Components;

/// <summary>A component rendered to HTML, as the first answer to a browser holds it.</summary>
public static class Rendered
{
    public static async Task<string> Html<TComponent>(Dictionary<string, object?> parameters, TimeProvider? clock = null, string zone = "Etc/UTC")
        where TComponent : IComponent
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton<RelativeTimeTicker>().AddScoped<BrowserTimeProvider>();
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<BrowserTimeProvider>().UseZone(zone);
        await using var renderer = new HtmlRenderer(provider, provider.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
