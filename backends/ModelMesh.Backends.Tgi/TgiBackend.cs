using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tgi.Health;
using ModelMesh.Backends.Wire.Health;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Tgi;

internal sealed class TgiBackend(TgiSettings settings, UpstreamHttp http, TimeProvider time) : IBackend
{
    private readonly TgiHealth _health = new(settings, http);

    public IChatClient Chat { get; } = new TgiChatClient(settings, http);

    public ChatFeatures Features =>
        ChatFeatures.Temperature | ChatFeatures.TopP | ChatFeatures.TopK | ChatFeatures.MaxTokens | ChatFeatures.Seed | ChatFeatures.FrequencyPenalty
        | ChatFeatures.Stop | ChatFeatures.JsonSchema | ChatFeatures.ImageUrls | ChatFeatures.ImageData | ChatFeatures.LogProbabilities | ChatFeatures.Extra
        | ChatFeatures.Adapters;

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => HealthCheck.RunAsync(_health.CheckAsync, time, cancellationToken);

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
