using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.Gateway.Registry.Waiting;

namespace ModelMesh.Gateway.Registry;

/// <summary>What goes with the request for a stream.</summary>
/// <param name="Model">What is asked of it.</param>
/// <param name="Cause">Why.</param>
/// <param name="Number">Which of the request's attempts it is, from 1.</param>
/// <param name="Bounds">How long the instance may be silent.</param>
/// <param name="Pass">Told how the stream ended; the stream's own from its first token on. Null where nobody learns from it.</param>
/// <param name="Queued">Told the request's place while it waits for a slot; null when nobody wants to know.</param>
internal sealed record StreamTerms(ModelVersion Model, AttemptCause Cause, int Number, WaitBounds Bounds, RoutePass? Pass = null, Func<Queued, Task>? Queued = null);
