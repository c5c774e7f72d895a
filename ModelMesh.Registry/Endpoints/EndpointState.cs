using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Registry.Endpoints;

/// <summary>How an endpoint stands at one moment at this replica.</summary>
/// <param name="Endpoint">Its address without a query; null for the one that the plugin's type has by itself.</param>
/// <param name="Weight">Its share relative to the others'.</param>
/// <param name="State">Its circuit breaker's.</param>
/// <param name="InFlight">How many calls to it are under way.</param>
/// <param name="Failures">How many calls failed in a row.</param>
/// <param name="Held">How long the upstream asked to wait; zero when it did not.</param>
/// <param name="TakesIn">How long until it may take a request again; zero when it would now, or when the one that tries it is under way.</param>
/// <param name="LastError">What went wrong last; null before anything did.</param>
internal sealed record EndpointState(string? Endpoint, int Weight, CircuitState State, int InFlight, int Failures, TimeSpan Held, TimeSpan TakesIn, string? LastError)
{
    public static EndpointState Of(RuntimeEndpoint endpoint) => new(
        endpoint.Shown, endpoint.Weight, endpoint.Breaker.State, endpoint.InFlight, endpoint.Breaker.Failures, endpoint.Hold.Left, endpoint.TakesIn, endpoint.LastFailure);
}
