using System.Reflection;
using ModelMesh.AppHost.Stores;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.LocalHosting;
using ModelMesh.Testing;
using ModelMesh.Testing.Store;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>This project: a gateway, one registry and the store, each with its defaults, and the upstream behind the <c>vllm</c> plugin.</summary>
internal sealed class Mesh : IContender
{
    private readonly List<StartedProgram> _programs = [];
    private TestBed _bed = null!;
    private MeshAdmin? _admin;

    public string Name => "mesh";

    public IReadOnlyList<StartedProgram> Programs => _programs;

    public Target Target { get; private set; } = null!;

    /// <summary>What can be changed and asked, once it has started.</summary>
    public MeshAdmin Admin => _admin ?? throw new InvalidOperationException("The mesh has not started.");

    public async Task<ContenderFacts> StartAsync(TestBed bed)
    {
        var (store, http, grpc, gateway) = (FreePorts.Next(), FreePorts.Next(), FreePorts.Next(), FreePorts.Next());
        _bed = bed;
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__redis"] = $"127.0.0.1:{store}",
            ["Plugins__Roots__0"] = Path.Combine(Repository.Root, "artifacts", "backends"),
        };
        var kind = await StartStoreAsync(store);
        await StartServiceAsync("registry", "ModelMesh.Registry", new(environment, StringComparer.Ordinal) { ["Listen__Http"] = $"{http}", ["Listen__Grpc"] = $"{grpc}" }, http);
        await StartServiceAsync("gateway", "ModelMesh.Gateway", new(environment, StringComparer.Ordinal) { ["Listen__Http"] = $"{gateway}" }, gateway);
        Target = new Target(TestBed.At(gateway));
        _admin = new MeshAdmin(bed.UpstreamAddress, TestBed.At(http), TestBed.At(gateway), _programs[^1]);
        return new ContenderFacts(
            Name,
            $"ModelMesh {typeof(Mesh).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}",
            $"Gateway, one registry and its store ({kind}), a process each, with their defaults; the upstream behind the `vllm` plugin.",
            Missing: null);
    }

    public Task PrepareAsync(TokenPlan plan) => Admin.RegisterAsync(plan.ModelName, plan);

    public async ValueTask DisposeAsync()
    {
        foreach (var program in Enumerable.Reverse(_programs))
        {
            await program.DisposeAsync();
        }

        _admin?.Dispose();
    }

    private async Task<string> StartStoreAsync(int port)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_bed.Scratch, "store")).FullName;
        var redis = RedisProgram.Find();
        _programs.Add(redis is null
            ? _bed.Start("store", DotnetHost.Path, [await GarnetProgram.AssemblyAsync(), "--port", $"{port}", .. StoreArguments.Garnet(folder)], new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_ROLL_FORWARD"] = "Major" })
            : _bed.Start("store", redis, ["--port", $"{port}", .. StoreArguments.Server(folder)]));
        return redis is null ? "Garnet" : Path.GetFileName(redis);
    }

    private async Task StartServiceAsync(string name, string project, Dictionary<string, string?> environment, int port)
    {
        var service = _bed.Start(name, DotnetHost.Path, ["exec", Repository.Assembly(project)], environment, Path.GetDirectoryName(Repository.Assembly(project)));
        _programs.Add(service);
        await _bed.ReadyAsync(service, new Uri(TestBed.At(port), "/health"));
    }
}
