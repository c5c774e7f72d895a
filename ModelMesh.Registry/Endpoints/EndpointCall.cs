using ModelMesh.Registry.Attempts;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Registry.Endpoints;

/// <summary>The right to call one endpoint once. Whoever gets it says how the call went, by <see cref="Judged"/>, and that it is over, by <see cref="Ended"/>.</summary>
internal sealed class EndpointCall(RuntimeEndpoints endpoints, int index, CircuitPermit permit)
{
    private CircuitPermit _permit = permit;

    public int Index { get; } = index;

    public RuntimeEndpoint Endpoint { get; } = endpoints.All[index];

    /// <summary>The upstream began to answer. An answer may take minutes, and whoever waits for a probe to succeed need not wait for its end.</summary>
    public void Answered()
    {
        if (_permit.IsProbe)
        {
            endpoints.Changed(Endpoint, Endpoint.Breaker.Succeeded(_permit));
            _permit = Endpoint.Breaker.TryEnter(out var next) ? next : _permit;
        }
    }

    /// <summary>What the call says of the endpoint. Once.</summary>
    /// <param name="verdict">That.</param>
    /// <param name="failure">What went wrong, fit to be shown; null when nothing did.</param>
    public void Judged(AttemptVerdict verdict, string? failure) => endpoints.Judge(Index, _permit, verdict, failure);

    /// <summary>The backend's call has ended. Once; it may come long after <see cref="Judged"/> where a backend does not heed cancellation.</summary>
    public void Ended() => Endpoint.Ended();
}
