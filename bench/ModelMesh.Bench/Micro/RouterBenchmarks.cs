using BenchmarkDotNet.Attributes;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Bench.Micro;

/// <summary>Where a request goes, by how the request names it. Beside it, the look-up of one name.</summary>
[MemoryDiagnoser]
public class RouterBenchmarks
{
    private static readonly Func<ModelVersion, bool> IsReady = _ => true;
    private static readonly Func<double> Roll = () => 0.5;
    private CatalogSnapshot _catalog = null!;
    private ModelResolver _resolver = null!;
    private string _name = null!;
    private RoutingRequest _byName = null!;
    private RoutingRequest _byReference = null!;
    private RoutingRequest _byDemand = null!;
    private RoutingRequest _unknown = null!;
    private ChatRequest _request = null!;

    [Params(1, 10_000)]
    public int Models { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _catalog = Catalogs.Of(Models);
        _resolver = new ModelResolver(new FixedCatalog(_catalog), new NoFigures(), TimeProvider.System);
        _name = $"model-{Models / 2}";
        _byName = new RoutingRequest { Model = _name };
        _byReference = new RoutingRequest { Model = $"{_name}@v1", IsReference = true };
        _byDemand = new RoutingRequest { Demanded = ["vision"], Implied = ["tools"] };
        _unknown = new RoutingRequest { Model = "no-such-model", IsReference = true };
        _request = new ChatRequest { Model = _name, Messages = [new ChatMessage { Role = "user", Content = "hello" }], Options = new SamplingOptions() };
    }

    [Benchmark(Baseline = true)]
    public int LookUp() => _catalog.VersionsOf(_name).Length;

    [Benchmark]
    public object ByName() => Router.Decide(_catalog, _byName, IsReady, Roll);

    [Benchmark]
    public object ByReference() => Router.Decide(_catalog, _byReference, IsReady, Roll);

    [Benchmark]
    public object ByCapability() => Router.Decide(_catalog, _byDemand, IsReady, Roll);

    [Benchmark]
    public object Unknown() => Router.Decide(_catalog, _unknown, IsReady, Roll);

    [Benchmark]
    public async Task<object> Gateway() => await _resolver.ResolveAsync(_request, CallTraits.None, CancellationToken.None);
}
