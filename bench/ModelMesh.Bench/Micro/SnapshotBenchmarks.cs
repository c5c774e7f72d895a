using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Bench.Micro;

/// <summary>A changed model taken into the catalog's snapshot, and what readers are told of it. Beside it, one entry of an immutable dictionary of that size replaced.</summary>
[MemoryDiagnoser]
public class SnapshotBenchmarks
{
    private ImmutableDictionary<string, ModelVersion> _dictionary = null!;
    private CatalogSnapshot _catalog = null!;
    private ModelVersion[] _all = null!;
    private ModelVersion _changed = null!;

    [Params(1, 1_000, 10_000)]
    public int Models { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _catalog = Catalogs.Of(Models);
        _all = [.. _catalog.All];
        _dictionary = _all.ToImmutableDictionary(model => model.Name, StringComparer.Ordinal);
        _changed = Catalogs.Model(Models / 2, Models, revision: Models + 1);
    }

    [Benchmark(Baseline = true)]
    public object Dictionary() => _dictionary.SetItem(_changed.Name, _changed);

    [Benchmark]
    public CatalogSnapshot Change() => _catalog.With(_changed.Revision, _changed);

    [Benchmark]
    public object ChangeAndTell() => CatalogDiff.Between(_catalog, _catalog.With(_changed.Revision, _changed), [_changed.Id]);

    [Benchmark]
    public object LoadAllAndTell() => CatalogDiff.Between(_catalog, CatalogSnapshot.Create(_changed.Revision, _all));
}
