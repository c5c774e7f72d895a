using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Gateway.Service;

internal static class ServiceExtensions
{
    private const int LargestBatch = 10_000;
    private const int MostAtOnce = 1000;

    public static WebApplicationBuilder AddPlainService(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServiceOptions>().BindSettings("Service")
            .Validate(options => options.MaxBatch is >= 1 and <= LargestBatch, $"Service:MaxBatch must be from 1 to {LargestBatch}.")
            .Validate(options => options.BatchParallelism is >= 1 and <= MostAtOnce, $"Service:BatchParallelism must be from 1 to {MostAtOnce}.")
            .ValidateOnStart();
        builder.Services.AddSingleton<BatchEndpoint>();
        return builder;
    }

    /// <summary>The plain service API, for clients of earlier systems.</summary>
    public static WebApplication MapPlainService(this WebApplication app)
    {
        app.MapPost("/v1/infer", context =>
        {
            var services = context.RequestServices;
            var latency = new Latency(services.GetRequiredService<TimeProvider>());
            return services.GetRequiredService<ChatCall>().HandleAsync(context, "infer", body => new ServiceExchange(ServiceBody.Parse(body), latency));
        });
        app.MapChat("/v1/stream_infer", "infer", body => new InferExchange(ServiceBody.Parse(body)));
        app.MapPost("/v1/batch_infer", context => context.RequestServices.GetRequiredService<BatchEndpoint>().HandleAsync(context));
        return app;
    }
}
