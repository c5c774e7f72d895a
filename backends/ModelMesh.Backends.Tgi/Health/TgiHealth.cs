using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Health;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Tgi.Health;

/// <summary>Asks the server whether it is well (<c>/health</c>), what it serves (<c>/info</c>) and how much waits (<c>/metrics</c>). No token is made.</summary>
internal sealed class TgiHealth(TgiSettings settings, UpstreamHttp http)
{
    private const int MaxMetrics = 1024 * 1024;
    private const string QueueSize = "tgi_queue_size";
    private const string BatchSize = "tgi_batch_current_size";

    public async Task<BackendHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var health = await http.ProbeAsync(settings.Api("health"), UpstreamFailure.MaxBody, cancellationToken);
        return health.IsSuccess ? await DescribeAsync(cancellationToken) : Describe(health);
    }

    // TGI answers from the time its model is loaded; a 503 that is not its own is of what stands before it while it starts.
    private BackendHealth Describe(UpstreamProbe probe) =>
        probe.Status == 503 && UpstreamErrorReader.Read(probe.Body.Span)?.Type != "healthcheck"
            ? BackendHealth.Starting("The TGI server is starting.")
            : BackendHealth.Unhealthy(http.Failure(probe).Message);

    private async Task<BackendHealth> DescribeAsync(CancellationToken cancellationToken)
    {
        var details = new JsonObject();
        var info = await InfoAsync(cancellationToken);
        Add(details, "model_id", info?.ModelId);
        Add(details, "max_input_tokens", info?.MaxInputTokens ?? info?.MaxInputLength);
        Add(details, "max_total_tokens", info?.MaxTotalTokens);
        await AddLoadAsync(details, cancellationToken);
        return settings.ExpectedModel is { } expected && info?.ModelId is { } served && served != expected
            ? BackendHealth.Unhealthy($"The TGI server serves {Redaction.Clean(served, secret: null)}, not {expected}.") with { Details = details }
            : BackendHealth.Healthy with { Details = details };
    }

    private async Task<ServerInfo?> InfoAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetAsync(settings.Api("info"), TgiJson.Default.ServerInfo, cancellationToken);
        }
        catch (BackendException)
        {
            // Whether the server could serve was answered already; a proxy may show no more of it.
            return null;
        }
    }

    private async Task AddLoadAsync(JsonObject details, CancellationToken cancellationToken)
    {
        try
        {
            var metrics = await http.ProbeAsync(settings.Api("metrics"), MaxMetrics, cancellationToken);
            if (metrics.IsSuccess)
            {
                var samples = PrometheusText.Read(metrics.Body.Span, name => name is QueueSize or BatchSize);
                Add(details, "queue_size", PrometheusText.Sum(samples, QueueSize));
                Add(details, "batch_size", PrometheusText.Sum(samples, BatchSize));
            }
        }
        catch (BackendException)
        {
            // How busy it is, is all that is lost.
        }
    }

    private static void Add(JsonObject details, string name, JsonNode? value)
    {
        if (value is not null)
        {
            details[name] = value;
        }
    }
}
