using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.Vllm.Health;

/// <summary>
/// Asks the server how it is, in this order: 1. <c>/health</c>, beside <c>/v1</c>, says whether its engine lives; 2. <c>/v1/models</c> says whether it has the
/// model; 3. <c>/metrics</c> says how busy it is, and decides nothing. A server that lacks one of them is judged by the others, and one that lacks all by its
/// having answered: other servers answer all manner of 3xx and 4xx on a path they do not know.
/// </summary>
internal sealed class VllmHealth(UpstreamHttp http, UpstreamSettings settings)
{
    // The page of a busy server with its histograms is some 100 KB.
    private const int MaxMetrics = 2 * 1024 * 1024;

    public async Task<BackendHealth> CheckAsync(CancellationToken cancellationToken)
    {
        // 1.
        var alive = await http.ProbeAsync(settings.BesideV1("health"), UpstreamFailure.MaxBody, cancellationToken);
        if (alive.Status >= 500 && !alive.IsAbsent)
        {
            return BackendHealth.Unhealthy(http.Failure(alive).Message);
        }

        // 2.
        var models = await ModelList.ReadAsync(http, settings, cancellationToken);
        if (models?.Data is { Count: > 0 } && models.Find(settings.Model) is null)
        {
            return BackendHealth.Unhealthy($"The server does not have the model '{settings.Model}'.") with { Details = ServedModels.Named(models) };
        }

        // 3.
        var details = ServedModels.Details(models, settings.Model);
        await AddLoadAsync(details, cancellationToken);
        return details.Count == 0 ? BackendHealth.Healthy : BackendHealth.Healthy with { Details = details };
    }

    private async Task AddLoadAsync(JsonObject details, CancellationToken cancellationToken)
    {
        try
        {
            var page = await http.ProbeAsync(settings.BesideV1("metrics"), MaxMetrics, cancellationToken);
            if (page.IsSuccess)
            {
                EngineLoad.Read(page.Body.Span, settings.Model).AddTo(details);
            }
        }
        catch (BackendException)
        {
            // How busy it is, is all that is lost.
        }
    }
}
