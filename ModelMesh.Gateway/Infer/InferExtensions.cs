using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelMesh.Gateway.Calls;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Gateway.Infer;

internal static class InferExtensions
{
    private static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromMilliseconds(100);

    // A timer takes no more than some weeks.
    private static readonly TimeSpan LongestKeepAlive = TimeSpan.FromDays(1);

    public static WebApplicationBuilder AddInfer(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InferOptions>().BindSettings("Infer")
            .Validate(options => options.KeepAlive >= ShortestKeepAlive && options.KeepAlive <= LongestKeepAlive, "Infer:KeepAlive must be from 100 milliseconds to 1 day.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<ApplicationCall>();
        builder.Services.AddSingleton<SseAnswer>();
        builder.Services.AddSingleton<InferEndpoint>();
        return builder;
    }

    public static WebApplication MapInfer(this WebApplication app)
    {
        // Resolved by the request, not here: what it needs reads options, and those are checked all together when the host starts.
        app.MapPost("/infer", context => context.RequestServices.GetRequiredService<InferEndpoint>().HandleAsync(context));
        return app;
    }
}
