using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ModelMesh.ServiceDefaults.Logs;

internal static class LogExtensions
{
    /// <summary>
    /// Has the console's lines name the request and nothing more, where <c>Logging:Console:FormatterOptions:IncludeScopes</c> is set and the log of
    /// <c>Microsoft.AspNetCore.Hosting.Diagnostics</c> is off: that one's scope holds an id of its own under the same name. Collectors get traces as such.
    /// </summary>
    public static WebApplicationBuilder AddRequestLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.None);
        return builder;
    }
}
