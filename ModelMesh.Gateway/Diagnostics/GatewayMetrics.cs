using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>Meter and activity source <c>ModelMesh.Gateway</c>. Nothing here is touched per token.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    public const string Name = "ModelMesh.Gateway";
    private readonly Counter<long> _requests;
    private readonly Counter<long> _tokens;
    private readonly UpDownCounter<long> _inFlight;
    private readonly Histogram<double> _firstToken;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _requests = meter.CreateCounter<long>("modelmesh.gateway.requests", "{request}", "Requests that ended, by outcome");
        _tokens = meter.CreateCounter<long>("modelmesh.gateway.tokens", "{token}", "Tokens sent to clients");
        _inFlight = meter.CreateUpDownCounter<long>("modelmesh.gateway.requests.in_flight", "{request}", "Requests that run now");
        _firstToken = meter.CreateHistogram<double>("modelmesh.gateway.time_to_first_token", "s", "From the request's arrival to its first token");
    }

    public ActivitySource Activities { get; } = new(Name);

    public void Began() => _inFlight.Add(1);

    public void FirstToken(TimeSpan after) => _firstToken.Record(after.TotalSeconds);

    public void Ended(string outcome, long tokens)
    {
        _inFlight.Add(-1);
        _requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        if (tokens > 0)
        {
            _tokens.Add(tokens);
        }
    }

    public void Dispose() => Activities.Dispose();
}
