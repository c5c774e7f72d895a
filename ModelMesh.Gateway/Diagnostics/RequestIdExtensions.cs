using ModelMesh.ServiceDefaults.Logs;

namespace ModelMesh.Gateway.Diagnostics;

internal static class RequestIdExtensions
{
    private static readonly object ScopeKey = new();

    /// <summary>What log lines say of the request; null before <see cref="UseRequestIds"/>.</summary>
    public static RequestScope? ScopeOf(HttpContext context) => context.Items.TryGetValue(ScopeKey, out var scope) ? scope as RequestScope : null;

    /// <summary>Comes before everything that answers, errors too.</summary>
    public static WebApplication UseRequestIds(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ModelMesh.Gateway");
        app.Use(async (context, next) =>
        {
            var id = RequestId.From(context.Request.Headers[RequestId.Header]);
            context.TraceIdentifier = id;

            // Set at the last moment: an error answer clears the headers before it.
            context.Response.OnStarting(static state =>
            {
                var starting = (HttpContext)state;
                starting.Response.Headers[RequestId.Header] = starting.TraceIdentifier;
                return Task.CompletedTask;
            }, context);
            var scope = new RequestScope(id);
            context.Items[ScopeKey] = scope;
            using (logger.BeginRequest(scope))
            {
                await next(context);
            }
        });
        return app;
    }
}
