using System.Diagnostics;
using System.Diagnostics.Metrics;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>
/// The conventions' metrics of a model server, which to applications the gateway is. Only requests that were routed: before that there is no model. Registries report the client's half, of
/// upstreams, so nothing is counted twice.
/// </summary>
internal sealed class GenAiServerMetrics(Meter meter)
{
    private readonly Histogram<double> _duration = meter.CreateHistogram(
        "gen_ai.server.request.duration", "s", "From a request's arrival to its end", advice: Buckets.Operation);

    private readonly Histogram<double> _firstToken = meter.CreateHistogram(
        "gen_ai.server.time_to_first_token", "s", "From a request's arrival to its first token, of complete answers", advice: Buckets.FirstToken);

    private readonly Histogram<double> _laterToken = meter.CreateHistogram(
        "gen_ai.server.time_per_output_token", "s", "Mean time of a token after the first, of complete answers", advice: Buckets.LaterToken);

    public void Ended(RequestFacts facts)
    {
        if (facts.Model.Length == 0)
        {
            return;
        }

        var tags = new TagList
        {
            { GenAi.Operation, facts.Operation },
            { GenAi.Provider, facts.Provider },
            { GenAi.RequestModel, facts.Model },
            { MeshTags.Version, facts.Version },
        };
        if (facts.Error is null && facts.FirstToken is { } firstToken)
        {
            _firstToken.Record(firstToken.TotalSeconds, tags);
            if (facts is { Outcome: RequestOutcomes.Ok, OutputTokens: > 1 })
            {
                _laterToken.Record((facts.Duration - firstToken).TotalSeconds / (facts.OutputTokens - 1), tags);
            }
        }

        if (facts.Error is { } error)
        {
            tags.Add(GenAi.ErrorType, error.Name);
        }

        _duration.Record(facts.Duration.TotalSeconds, tags);
    }
}
