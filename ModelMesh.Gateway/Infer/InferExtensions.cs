using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ModelMesh.Gateway.Infer;

internal static class InferExtensions
{
    private static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromMilliseconds(100);

    public static WebApplicationBuilder AddInfer(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InferOptions>().BindConfiguration("Infer")
            .Validate(options => options.KeepAlive >= ShortestKeepAlive, "Infer:KeepAlive must be at least 100 milliseconds.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
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
