using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Registry.Waiting;

namespace ModelMesh.Gateway.Registry;

/// <summary>What goes with the request for a stream.</summary>
/// <param name="Bounds">How long the instance may be silent.</param>
/// <param name="Pass">Told how the stream ended; the stream's own from its first token on. Null where nobody learns from it.</param>
/// <param name="Queued">Told the request's place while it waits for a slot; null when nobody wants to know.</param>
internal sealed record StreamTerms(WaitBounds Bounds, RoutePass? Pass = null, Func<Queued, Task>? Queued = null);
