using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>A way from a client to the upstream. Started once, measured in turn with the others, ended by disposal.</summary>
internal interface IContender : IAsyncDisposable
{
    string Name { get; }

    /// <summary>What stands between client and upstream; empty for none.</summary>
    IReadOnlyList<StartedProgram> Programs { get; }

    /// <summary>Where requests go, once it has started.</summary>
    Target Target { get; }

    /// <summary>Starts it and returns when it takes requests.</summary>
    /// <exception cref="ContenderFault">It is not to be had here, or does not start.</exception>
    Task<ContenderFacts> StartAsync(TestBed bed);

    /// <summary>Makes ready what answers of this plan need.</summary>
    Task PrepareAsync(TokenPlan plan);
}
