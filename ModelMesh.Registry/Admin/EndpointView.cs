using ModelMesh.Registry.Endpoints;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Registry.Admin;

/// <summary>An endpoint of a model version as operators see it, at the replica that answers.</summary>
/// <param name="Endpoint">Its address without a query; absent for the one that the backend type has by itself.</param>
/// <param name="Weight">Its share relative to the others'.</param>
/// <param name="State">Its circuit breaker's: closed, open or half_open.</param>
/// <param name="InFlight">How many calls to it are under way.</param>
/// <param name="HeldForMs">How long until it may take a request again, in milliseconds; absent when it would now.</param>
/// <param name="Failures">How many calls failed in a row.</param>
/// <param name="LastError">What went wrong last, also after the recovery.</param>
internal sealed record EndpointView(string? Endpoint, int Weight, string State, int InFlight, long? HeldForMs, int Failures, string? LastError)
{
    public static EndpointView From(EndpointState state) => new(
        state.Endpoint,
        state.Weight,
        state.State switch { CircuitState.Open => "open", CircuitState.HalfOpen => "half_open", _ => "closed" },
        state.InFlight,
        state.TakesIn > TimeSpan.Zero ? (long)Math.Ceiling(state.TakesIn.TotalMilliseconds) : null,
        state.Failures,
        state.LastError);
}
