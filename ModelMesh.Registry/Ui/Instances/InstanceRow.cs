using System.Collections.Immutable;
using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Ui.Instances;

/// <summary>A replica as the page shows it.</summary>
/// <param name="State"><c>running</c>, <c>stopping</c> or <c>gone</c>.</param>
/// <param name="GoneAt">When this replica saw it go; null for those that are there.</param>
/// <param name="Streams">How many slots it holds; each is a request in flight.</param>
/// <param name="Answered">Whether it is the one that rendered the page.</param>
public sealed record InstanceRow(
    string Id, string State, string HttpAddress, string GrpcAddress, DateTimeOffset StartedAt, DateTimeOffset? GoneAt, int Streams, bool Answered, ImmutableArray<InstancePlugin> Plugins)
{
    public const string Running = "running";

    public const string Stopping = "stopping";

    public const string Gone = "gone";
}

/// <summary>What of it changes from second to second.</summary>
public sealed record InstanceLive(string State, int Streams);
