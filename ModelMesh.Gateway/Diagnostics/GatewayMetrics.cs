using System.Diagnostics.Metrics;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>
/// What applications' requests came to, on the meter <c>ModelMesh.Gateway</c>. Labels are names of the catalog and words of our own, never what a caller sends. Nothing here is touched per
/// token: gaps are recorded for batches.
/// </summary>
internal sealed class GatewayMetrics
{
    public const string Name = "ModelMesh.Gateway";
    private readonly Counter<long> _requests;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _tokens;
    private readonly UpDownCounter<long> _inFlight;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _overhead;
    private readonly Histogram<double> _gaps;
    private readonly GenAiServerMetrics _genAi;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _requests = meter.CreateCounter<long>("modelmesh.gateway.requests", "{request}", "Requests that ended, by model, version and outcome");
        _refusals = meter.CreateCounter<long>("modelmesh.gateway.refusals", "{request}", "Requests that were turned away before they had a token, by model, version and reason");
        _tokens = meter.CreateCounter<long>("modelmesh.gateway.tokens", "{token}", "Tokens of answers to clients, by model, version and type (input, output)");
        _inFlight = meter.CreateUpDownCounter<long>("modelmesh.gateway.requests.in_flight", "{request}", "Requests that were routed and have not ended, by model");
        _firstToken = meter.CreateHistogram("modelmesh.gateway.time_to_first_token", "s", "From the request's arrival to its first token, by model and version", advice: Buckets.Wait);
        _overhead = meter.CreateHistogram("modelmesh.gateway.overhead", "s", "What the mesh itself took until the first token, by model and version", advice: Buckets.Overhead);
        _gaps = meter.CreateHistogram("modelmesh.gateway.token_gap", "s", "From one batch of tokens of a stream to the next, by model and version", advice: Buckets.Gap);
        _genAi = new GenAiServerMetrics(meter);
    }

    /// <summary>Whether anybody wants to know of gaps between tokens.</summary>
    public bool WantsGaps => _gaps.Enabled;

    public void Routed(string model) => _inFlight.Add(1, Tag("model", model));

    public void Left(string model) => _inFlight.Add(-1, Tag("model", model));

    /// <param name="labels">Of the stream, made once.</param>
    public void Gap(TimeSpan gap, ReadOnlySpan<KeyValuePair<string, object?>> labels) => _gaps.Record(gap.TotalSeconds, labels);

    public void Ended(RequestFacts facts)
    {
        var (model, version) = (Tag("model", facts.Model), Tag("version", facts.Version));
        _requests.Add(1, model, version, Tag("outcome", facts.Outcome));
        if (facts.FirstToken is { } firstToken)
        {
            _firstToken.Record(firstToken.TotalSeconds, model, version);
        }
        else if (facts.Error is { Type: "client_error" or "limit_error" or "store_error" } refused)
        {
            _refusals.Add(1, model, version, Tag("reason", refused.Name));
        }

        if (facts.Overhead is { } overhead)
        {
            _overhead.Record(overhead.TotalSeconds, model, version);
        }

        Count(facts.InputTokens, model, version, GenAi.Input);
        Count(facts.OutputTokens, model, version, GenAi.Output);
        _genAi.Ended(facts);
    }

    internal static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private void Count(long tokens, KeyValuePair<string, object?> model, KeyValuePair<string, object?> version, string type)
    {
        if (tokens > 0)
        {
            _tokens.Add(tokens, model, version, Tag("type", type));
        }
    }
}
