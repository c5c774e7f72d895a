using System.Diagnostics.Metrics;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Cache;

/// <summary>What kept answers spare and cost.</summary>
internal sealed class CacheMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _evicted;

    public CacheMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayMetrics.Name);
        _requests = meter.CreateCounter<long>("modelmesh.gateway.cache.requests", "{request}", "Requests that a kept answer could have answered, by outcome: hit, shared or miss");
        _bytes = meter.CreateCounter<long>("modelmesh.gateway.cache.kept", "By", "Answers that were kept");
        _evicted = meter.CreateCounter<long>("modelmesh.gateway.cache.evicted", "{answer}", "Answers that had to go for others before they expired");
    }

    /// <summary>Answered by what was kept.</summary>
    public void Hit() => Count("hit");

    /// <summary>Answered by what another request is being answered.</summary>
    public void Shared() => Count("shared");

    public void Miss() => Count("miss");

    public void Kept(int bytes, int evicted)
    {
        _bytes.Add(bytes);
        if (evicted > 0)
        {
            _evicted.Add(evicted);
        }
    }

    private void Count(string outcome) => _requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
