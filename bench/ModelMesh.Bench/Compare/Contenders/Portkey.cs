using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.LocalHosting;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>A widely used gateway for models, on Node.</summary>
internal sealed class Portkey : IContender
{
    private const string Version = "1.15.2";

    private StartedProgram? _node;

    public string Name => "portkey";

    public IReadOnlyList<StartedProgram> Programs => _node is null ? [] : [_node];

    public Target Target { get; private set; } = null!;

    public async Task<ContenderFacts> StartAsync(TestBed bed)
    {
        var node = OnPath.Find("node") ?? throw new ContenderFault("node is not installed");
        var folder = await PortkeyPackage.InstallAsync();
        var address = TestBed.At(FreePorts.Next());
        _node = bed.Start(
            Name,
            node,
            ["--require", Path.Combine(folder, "listen-on-loopback.cjs"), Path.Combine(folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js"), $"--port={address.Port}", "--headless"],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["NODE_ENV"] = "production" },
            folder);
        await bed.ReadyAsync(_node, address);
        Target = new Target(
            address,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["x-portkey-provider"] = "openai",
                ["x-portkey-custom-host"] = new Uri(bed.UpstreamAddress, "/v1").ToString(),
                ["Authorization"] = "Bearer none",
            },
            static plan => plan.ModelName);
        return new ContenderFacts(Name, $"Portkey gateway {Version}", "`@portkey-ai/gateway` from npm in one Node process, `x-portkey-provider: openai` with the upstream as custom host.", Missing: null);
    }

    public Task PrepareAsync(TokenPlan plan) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }
}
