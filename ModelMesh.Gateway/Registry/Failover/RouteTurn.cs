using System.Collections.Immutable;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>One request's turn at one route of its plan: at which instances it was tried, and what they said. Used by one attempt at a time; another may read it.</summary>
internal sealed class RouteTurn(ModelRoute route, VersionGuard guard, RoutePass pass, ImmutableHashSet<string> avoided)
{
    public ModelRoute Route => route;

    public VersionGuard Guard => guard;

    /// <summary>Told what became of the attempt.</summary>
    public RoutePass Pass { get; set; } = pass;

    /// <summary>Instances that are not asked any more.</summary>
    public ImmutableHashSet<string> Tried { get; set; } = avoided;

    /// <summary>Why the next attempt at it is made.</summary>
    public AttemptCause Cause { get; set; } = AttemptCause.First;

    /// <summary>Which of the request's attempts the newest is, from 1.</summary>
    public int Number { get; set; }

    /// <summary>What instances failed of that is their own fault.</summary>
    public List<MeshException> InstanceFailures { get; } = [];

    /// <summary>The version's endpoint that its answer came from, for the next attempt to avoid where the answer breaks; 0 where it is not known.</summary>
    public int Endpoint { get; set; }

    /// <summary>Whether a whole answer that broke was asked for again.</summary>
    public bool Repeated { get; set; }
}
