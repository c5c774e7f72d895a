using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.LlamaCpp.Health;

/// <summary>
/// Asks the server how it is, in this order: 1. <c>/health</c>, beside <c>/v1</c>, says whether its model is loaded; 2. <c>/props</c>, which unlike it wants the key,
/// says how many slots and how much context there is; 3. <c>/slots</c> says how many are busy. The last two may be switched off.
/// </summary>
internal sealed class LlamaCppHealth(UpstreamHttp http, UpstreamSettings settings)
{
    // Both hold chat templates, and slots of older servers their prompts.
    private const int MaxBody = 4 * 1024 * 1024;

    public async Task<BackendHealth> CheckAsync(CancellationToken cancellationToken)
    {
        // 1.
        var alive = await http.ProbeAsync(settings.BesideV1("health"), UpstreamFailure.MaxBody, cancellationToken);
        if (alive.Status == 503)
        {
            return BackendHealth.Starting(UpstreamErrorReader.Read(alive.Body.Span)?.Message is { } said ? Redaction.Clean(said, settings.ApiKey) : "The server is not ready yet.");
        }

        if (!alive.IsSuccess)
        {
            return BackendHealth.Unhealthy(http.Failure(alive).Message);
        }

        // 2.
        var props = await http.ProbeAsync(settings.BesideV1("props"), MaxBody, cancellationToken);
        if (props.Status is 401 or 403)
        {
            return BackendHealth.Unhealthy(http.Failure(props).Message);
        }

        var details = new JsonObject();
        AddProperties(details, Read(props, LlamaCppJson.Default.ServerProperties));

        // 3.
        var slots = await http.ProbeAsync(settings.BesideV1("slots"), MaxBody, cancellationToken);
        AddSlots(details, Read(slots, LlamaCppJson.Default.ServerSlotArray)?.OfType<ServerSlot>().ToList());
        return details.Count == 0 ? BackendHealth.Healthy : BackendHealth.Healthy with { Details = details };
    }

    private static T? Read<T>(UpstreamProbe probe, JsonTypeInfo<T> type)
        where T : class
        => probe.IsSuccess ? probe.Json(type) : null;

    private static void AddProperties(JsonObject details, ServerProperties? properties)
    {
        if (properties?.ModelPath is { } path)
        {
            details["model_file"] = Path.GetFileName(path);
        }

        Add(details, "slots", properties?.TotalSlots);
        Add(details, "context_size", properties?.DefaultGenerationSettings?.NCtx);
        if (properties?.Modalities?.Vision is { } vision)
        {
            details["vision"] = vision;
        }
    }

    private static void AddSlots(JsonObject details, List<ServerSlot>? slots)
    {
        if (slots is null)
        {
            return;
        }

        details["slots"] = slots.Count;
        // Older servers said it by a state, of which 0 is idle.
        details["slots_busy"] = slots.Count(slot => slot.IsProcessing ?? slot.State is > 0);
        if (!details.ContainsKey("context_size"))
        {
            Add(details, "context_size", slots.FirstOrDefault()?.NCtx);
        }
    }

    private static void Add(JsonObject details, string name, int? value)
    {
        if (value is { } number)
        {
            details[name] = number;
        }
    }
}
