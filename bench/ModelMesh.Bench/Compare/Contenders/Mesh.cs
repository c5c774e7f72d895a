using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
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
    private const int MostAtOnce = 20_000;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };
    private readonly HashSet<string> _registered = new(StringComparer.Ordinal);
    private readonly List<StartedProgram> _programs = [];
    private TestBed _bed = null!;
    private Uri _registry = null!;

    public string Name => "mesh";

    public IReadOnlyList<StartedProgram> Programs => _programs;

    public Target Target { get; private set; } = null!;

    public async Task<ContenderFacts> StartAsync(TestBed bed)
    {
        var (store, http, grpc, gateway) = (FreePorts.Next(), FreePorts.Next(), FreePorts.Next(), FreePorts.Next());
        (_bed, _registry) = (bed, TestBed.At(http));
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__redis"] = $"127.0.0.1:{store}",
            ["Plugins__Roots__0"] = Path.Combine(Repository.Root, "artifacts", "backends"),
        };
        var kind = await StartStoreAsync(store);
        await StartServiceAsync("registry", "ModelMesh.Registry", new(environment, StringComparer.Ordinal) { ["Listen__Http"] = $"{http}", ["Listen__Grpc"] = $"{grpc}" }, http);
        await StartServiceAsync("gateway", "ModelMesh.Gateway", new(environment, StringComparer.Ordinal) { ["Listen__Http"] = $"{gateway}" }, gateway);
        Target = new Target(TestBed.At(gateway));
        return new ContenderFacts(
            Name,
            $"ModelMesh {typeof(Mesh).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}",
            $"Gateway, one registry and its store ({kind}), a process each, with their defaults; the upstream behind the `vllm` plugin.",
            Missing: null);
    }

    public Task PrepareAsync(TokenPlan plan) => RegisterAsync(plan.ModelName, plan);

    /// <summary>Registers a model whose answers follow a plan, and returns when the gateway knows it. Does nothing when it is registered.</summary>
    public async Task RegisterAsync(string name, TokenPlan plan)
    {
        if (!_registered.Add(name))
        {
            return;
        }

        using var response = await _http.PostAsJsonAsync(new Uri(_registry, "/models"), Definition(name, plan));
        await SuccessAsync(response, name);
        await KnownAsync(name);
    }

    /// <summary>Makes a new revision of a model, while its streams go on.</summary>
    public async Task UpdateAsync(string name, TokenPlan plan)
    {
        using var response = await _http.PutAsJsonAsync(PathOf(name), Definition(name, plan));
        await SuccessAsync(response, name);
    }

    /// <summary>Registers models that nobody asks for, from one number to another, and returns when the gateway knows the last.</summary>
    public async Task FillAsync(int from, int to)
    {
        var plan = new TokenPlan(1);
        await Parallel.ForEachAsync(Enumerable.Range(from, Math.Max(0, to - from)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellationToken) =>
        {
            using var response = await _http.PostAsJsonAsync(new Uri(_registry, "/models"), Definition(FillerName(number), plan), cancellationToken);
            await SuccessAsync(response, FillerName(number));
        });
        if (to > from)
        {
            await KnownAsync(FillerName(to - 1));
        }
    }

    /// <summary>Deletes what <see cref="FillAsync"/> registered.</summary>
    public Task EmptyAsync(int from, int to) =>
        Parallel.ForEachAsync(Enumerable.Range(from, Math.Max(0, to - from)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellationToken) =>
        {
            using var response = await _http.DeleteAsync(PathOf(FillerName(number)), cancellationToken);
            await SuccessAsync(response, FillerName(number));
        });

    /// <summary>Deletes every model that is asked for, so that what is registered next is the first.</summary>
    public async Task ClearAsync()
    {
        foreach (var name in _registered)
        {
            using var response = await _http.DeleteAsync(PathOf(name));
            await SuccessAsync(response, name);
        }

        _registered.Clear();
    }

    /// <summary>Waits until nobody holds a slot of a model.</summary>
    /// <exception cref="ContenderFault">Somebody still does after ten seconds.</exception>
    public Task LetGoAsync(string name) => _programs[^1].ReadyAsync(
        async () => (int?)JsonNode.Parse(await _http.GetStringAsync(PathOf(name)))!["active"] == 0,
        TimeSpan.FromSeconds(10));

    /// <summary>How often gateway and registry have asked the store, and for how long they waited for it, since they started.</summary>
    public async Task<StoreUse> StoreUseAsync() =>
        StoreUse.Read(await _http.GetStringAsync(new Uri(_registry, "/metrics"))) + StoreUse.Read(await _http.GetStringAsync(new Uri(Target.Address, "/metrics")));

    public async ValueTask DisposeAsync()
    {
        foreach (var program in Enumerable.Reverse(_programs))
        {
            await program.DisposeAsync();
        }

        _http.Dispose();
    }

    private static string FillerName(int number) => $"filler-{number}";

    private Uri PathOf(string name) => new(_registry, $"/models/{name}/versions/v1");

    private JsonObject Definition(string name, TokenPlan plan) => new()
    {
        ["name"] = name,
        ["version"] = "v1",
        ["backend_type"] = "vllm",
        ["max_concurrency"] = MostAtOnce,
        ["backend"] = new JsonObject { ["endpoint"] = new Uri(_bed.UpstreamAddress, "/v1").ToString(), ["model"] = plan.ModelName },
    };

    private async Task KnownAsync(string name) =>
        await _programs[^1].ReadyAsync(
            async () =>
            {
                using var response = await _http.GetAsync(new Uri(Target.Address, $"/v1/models/{name}"));
                return response.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(30));

    private static async Task SuccessAsync(HttpResponseMessage response, string name)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new ContenderFault($"{name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
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
