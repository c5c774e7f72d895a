using System.Diagnostics.Metrics;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.RateLimits;

internal sealed class RateLimitMetrics
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _uncounted;

    public RateLimitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayMetrics.Name);
        _refused = meter.CreateCounter<long>("modelmesh.gateway.rate_limit.refusals", "{request}", "Requests refused by a rate limit, by limit and what it counts");
        _uncounted = meter.CreateCounter<long>("modelmesh.gateway.rate_limit.uncounted", "{request}", "Requests let in without being counted, while the store was away");
    }

    public void Refused(LimitBucket by) =>
        _refused.Add(1, new KeyValuePair<string, object?>("limit", by.Limit.Name), new KeyValuePair<string, object?>("kind", by.KindName));

    public void Uncounted() => _uncounted.Add(1);
}
