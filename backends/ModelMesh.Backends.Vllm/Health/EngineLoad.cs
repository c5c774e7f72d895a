using System.Text.Json.Nodes;
using ModelMesh.Backends.Wire.Health;

namespace ModelMesh.Backends.Vllm.Health;

/// <summary>How busy a vLLM engine is, by its own metrics; null where it does not say.</summary>
/// <param name="Running">Requests that are being answered.</param>
/// <param name="Waiting">Requests that wait for room.</param>
/// <param name="CacheUsage">The share of the key-value cache in use, 0 to 1.</param>
internal sealed record EngineLoad(double? Running, double? Waiting, double? CacheUsage)
{
    private const string ModelLabel = "model_name";

    /// <summary>Reads a Prometheus page. Engines of a server add up, but for the cache, where the fullest counts.</summary>
    /// <param name="page">The page.</param>
    /// <param name="model">Its samples are taken, or all where no sample is labelled with it, as for an adapter.</param>
    public static EngineLoad Read(ReadOnlySpan<byte> page, string model)
    {
        var samples = PrometheusText.Read(page, name => name.StartsWith("vllm:", StringComparison.Ordinal));
        var own = samples.Where(sample => sample.Label(ModelLabel) == model).ToList();
        var taken = own.Count > 0 ? own : samples;
        return new EngineLoad(
            PrometheusText.Sum(taken, "vllm:num_requests_running"),
            PrometheusText.Sum(taken, "vllm:num_requests_waiting"),
            // Renamed in vLLM 0.9.
            Max(taken, "vllm:kv_cache_usage_perc") ?? Max(taken, "vllm:gpu_cache_usage_perc"));
    }

    public void AddTo(JsonObject details)
    {
        Add(details, "requests_running", Running);
        Add(details, "requests_waiting", Waiting);
        Add(details, "kv_cache_usage", CacheUsage);
    }

    private static double? Max(IEnumerable<PrometheusSample> samples, string name) =>
        samples.Where(sample => sample.Name == name && double.IsFinite(sample.Value)).Max(sample => (double?)sample.Value);

    private static void Add(JsonObject details, string name, double? value)
    {
        if (value is { } number)
        {
            details[name] = number;
        }
    }
}
