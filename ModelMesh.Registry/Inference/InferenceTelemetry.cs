using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Inference;

/// <summary>What the registry measures of its requests, on the meter <c>ModelMesh.Registry</c>. Counted per request, never per token.</summary>
internal static class InferenceTelemetry
{
    public const string Name = "ModelMesh.Registry";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("modelmesh.registry.requests", "{request}", "Requests that ended, copies for shadow versions included, by model, version and outcome");
    private static readonly UpDownCounter<long> InFlight = Meter.CreateUpDownCounter<long>("modelmesh.registry.in_flight", "{request}", "Requests that hold a slot of this replica's, by model and version");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("modelmesh.registry.tokens", "{token}", "Tokens that backends read and produced, by model, version and type (input, output)");
    private static readonly Counter<long> SkippedChunks = Meter.CreateCounter<long>("modelmesh.registry.skipped_chunks", "{chunk}", "Chunks of backends' streams that could not be read and were left out, by model and version");

    private static readonly Histogram<long> TokenUsage = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens of one request at its upstream, where they were counted, by type", advice: Buckets.Tokens);

    public static void Began(ModelId id) => InFlight.Add(1, new("model", id.Name), new("version", id.Version));

    public static void Left(ModelId id) => InFlight.Add(-1, new("model", id.Name), new("version", id.Version));

    /// <summary>A backend was used, for an answer in full or not.</summary>
    /// <param name="inputTokens">0 where nobody counted them.</param>
    public static void Used(ModelVersion model, string operation, long inputTokens, long outputTokens)
    {
        Used(model, operation, GenAi.Input, inputTokens);
        Used(model, operation, GenAi.Output, outputTokens);
    }

    public static void Skipped(ModelId id, int chunks)
    {
        if (chunks > 0)
        {
            SkippedChunks.Add(chunks, new("model", id.Name), new("version", id.Version));
        }
    }

    /// <param name="id">Which model.</param>
    /// <param name="outcome"><c>completed</c>, <c>client_gone</c> or an error's name: <c>cancelled</c> is an operator's end.</param>
    public static void Ended(ModelId id, string outcome)
    {
        // A name that is not registered is whatever a caller sent; as a label it would let a caller fill the metrics store.
        var known = outcome != "model_not_found";
        Requests.Add(1, new("model", known ? id.Name : ""), new("version", known ? id.Version : ""), new("outcome", outcome));
    }

    private static void Used(ModelVersion model, string operation, string type, long tokens)
    {
        if (tokens > 0)
        {
            Tokens.Add(tokens, new("model", model.Name), new("version", model.Version), new("type", type));
            TokenUsage.Record(
                tokens,
                new(GenAi.Operation, operation),
                new(GenAi.Provider, model.BackendType),
                new(GenAi.RequestModel, model.Name),
                new(MeshTags.Version, model.Version),
                new(GenAi.TokenType, type));
        }
    }
}
