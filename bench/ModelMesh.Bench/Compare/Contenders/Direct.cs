using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>Nothing between client and upstream: what everything else is compared with.</summary>
internal sealed class Direct : IContender
{
    public string Name => "direct";

    public IReadOnlyList<StartedProgram> Programs => [];

    public Target Target { get; private set; } = null!;

    public Task<ContenderFacts> StartAsync(TestBed bed)
    {
        Target = new Target(bed.UpstreamAddress);
        return Task.FromResult(new ContenderFacts(Name, "direct", "The client asks the upstream itself.", Missing: null));
    }

    public Task PrepareAsync(TokenPlan plan) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
