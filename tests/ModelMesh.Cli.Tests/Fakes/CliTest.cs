using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Tests.Fakes;

/// <summary>A test of the program with a registry and a gateway on real sockets.</summary>
public abstract class CliTest : IAsyncLifetime
{
    private FakeService? _registry;
    private FakeService? _gateway;

    internal FakeService Registry => _registry!;

    internal FakeService Gateway => _gateway!;

    internal TestTerminal Terminal { get; set; } = new();

    internal Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        _registry = await FakeService.StartAsync();
        _gateway = await FakeService.StartAsync();
        Variables["MESH_REGISTRY"] = Registry.Address;
        Variables["MESH_GATEWAY"] = Gateway.Address;
    }

    public async Task DisposeAsync()
    {
        await Registry.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    /// <summary>Runs the program once, to its exit code.</summary>
    internal Task<int> RunAsync(params string[] arguments) =>
        MeshProgram.RunAsync(arguments, new CliHost(Terminal, Variables.GetValueOrDefault, TimeProvider.System), CancellationToken.None);
}
