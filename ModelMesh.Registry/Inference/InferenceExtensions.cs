using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Grpc;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Shutdown;

namespace ModelMesh.Registry.Inference;

internal static class InferenceExtensions
{
    // A prompt with its history and documents may be large; the gateway's own limit is the one that callers meet.
    public const int MaxMessageBytes = 64 * 1024 * 1024;

    // A gateway has one connection, or a few, for all its streams; the server's default of 100 would queue them.
    private const int MaxStreamsPerConnection = 20_000;

    /// <summary>Model runtimes, the streaming path and its gRPC service. Needs a catalog, leases, gates, an instance identity and <c>AddPlugins</c>.</summary>
    public static WebApplicationBuilder AddInference(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<InferenceOptions>().BindSettings("Inference").ValidateOnStart();
        services.AddShutdownOptions();
        services.AddSingleton<IValidateOptions<InferenceOptions>, InferenceOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RuntimeMaker>();
        services.AddSingleton<ModelRuntimes>();
        services.AddSingleton<IEndpointStates, EndpointStates>();
        services.AddHostedService<RuntimeReconciler>();
        services.AddSingleton<StreamWatchdog>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamWatchdog>());
        services.AddSingleton<RuntimePins>();
        services.AddSingleton<Admission>();
        services.AddSingleton<RequestTable>();
        services.AddSingleton<RecentFigures>();
        services.AddSingleton<RolloutTally>();
        services.AddSingleton<InferenceExecutor>();
        services.AddSingleton<EmbeddingExecutor>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
            grpc.MaxSendMessageSize = MaxMessageBytes;
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection);

        // Every refused request, such as one over capacity, would be a line of its own.
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        return builder;
    }

    public static WebApplication MapInference(this WebApplication app)
    {
        // The server's own limit on a body is lower than a message may be, and gRPC checks a message's length before it reads it.
        app.MapGrpcService<InferenceService>().WithMetadata(new DisableRequestSizeLimitAttribute());
        return app;
    }
}
