using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Defaults;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Fakes;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>The plugin host and the runtimes on real folders, looked through when a test says so.</summary>
internal sealed class PluginBench : IAsyncDisposable
{
    private readonly ShadowCopies _copies = new();
    private readonly QuietFolders _quiet = new(TimeSpan.Zero, TimeProvider.System);
    private readonly List<string> _roots;

    public PluginBench(PluginOptions? options = null)
    {
        var given = Options.Create(options ?? new PluginOptions());
        _roots = [Folders.Root];
        Host = new PluginHost(new PluginLoader(_copies), given, NullLogger<PluginHost>.Instance);
        var maker = new BackendMaker(new PluginServices(NullLoggerFactory.Instance, TimeProvider.System, new ConfigurationBuilder().Build()), Options.Create(new BackendDefaultsTable()));
        var runtimes = new RuntimeMaker(maker, TimeProvider.System, given, Options.Create(new HealthOptions()), NullLogger<RuntimeEndpoints>.Instance, NullLogger<RuntimeMaker>.Instance);
        Runtimes = new ModelRuntimes(Catalog, Host, runtimes, TimeProvider.System, NullLogger<ModelRuntimes>.Instance);
        Types = new BackendTypes(Host, maker, Runtimes, Health, given);
    }

    public PluginFolders Folders { get; } = new();

    /// <summary>The copies of plugin folders that are still on disk.</summary>
    public IEnumerable<string> Copies => _copies.Kept;

    public FakeHealth Health { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    public PluginHost Host { get; }

    public ModelRuntimes Runtimes { get; }

    public BackendTypes Types { get; }

    public static PluginBench Open(PluginOptions? options = null) => new(options);

    /// <summary>One look through the folders. Nothing of it stays on the caller's stack, so that what it let go of can be collected.</summary>
    public async Task LookAsync()
    {
        await Host.ApplyAsync(_quiet.Look(PluginFolder.ReadAll(_roots)), CancellationToken.None);
        Host.MarkScanned();
    }

    /// <summary>One look through the folders, without waiting for the loads that it began.</summary>
    public void BeginLook() => _ = LookAsync();

    public PluginEntry Entry(string folder) => Host.Table.Entries.Single(entry => entry.Folder.Name == folder);

    public async ValueTask DisposeAsync()
    {
        await Runtimes.DisposeAsync();
        _copies.Dispose();
        Folders.Dispose();
    }
}
