using ModelMesh.ServiceDefaults.Logs;

namespace ModelMesh.Gateway.Diagnostics;

internal static class RequestIdExtensions
{
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
            using (logger.BeginRequest(id))
            {
                await next(context);
            }
        });
        return app;
    }
}
