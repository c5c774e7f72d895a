using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>What decided where a request goes.</summary>
public enum RoutedBy
{
    /// <summary>It named a model or an alias.</summary>
    Model,

    /// <summary>A rule that it meets.</summary>
    Rule,

    /// <summary>What it needs a model to be able to.</summary>
    Capabilities,

    /// <summary>The routing default.</summary>
    Default,

    /// <summary>It named a model that serves nothing, and no rule sends it elsewhere.</summary>
    UnknownModel,

    /// <summary>No model has what it demanded.</summary>
    MissingCapability,

    /// <summary>It named no model, and nothing is configured for that.</summary>
    Nothing,
}

/// <summary>One place where a request may be served.</summary>
/// <param name="Adapter">The LoRA adapter that answers in the model's place; empty for the model itself.</param>
/// <param name="IsNamed">Whether the request itself named this version.</param>
public sealed record RoutedVersion(ModelVersion Model, string Adapter, bool IsNamed);

/// <summary>Where a request goes.</summary>
/// <param name="Rule">The name of the rule that decided, or null.</param>
/// <param name="Asked">The name or alias that it was sent to; null where it is refused.</param>
/// <param name="Routes">In the order in which they are tried, none twice; empty where the request is refused.</param>
public sealed record RoutingDecision(RoutedBy By, string? Rule, string? Asked, ImmutableArray<RoutedVersion> Routes)
{
    public static RoutingDecision Refused(RoutedBy reason) => new(reason, null, null, []);
}
