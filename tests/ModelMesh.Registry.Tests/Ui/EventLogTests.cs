using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Ui.Events;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Instances;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class EventLogTests : IDisposable
{
    private readonly FakeMesh _mesh = new();
    private readonly EventLog _log;

    public EventLogTests() => _log = new EventLog(_mesh, _mesh, TimeProvider.System);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Entries_AfterTheFirstLookAtTheCatalog_TellWhatWasThereWithItsOwnTimes()
    {
        _mesh.Load(Model("chat", 1) with { UpdatedAt = DateTimeOffset.UnixEpoch, CreatedAt = DateTimeOffset.UnixEpoch });

        var entry = Assert.Single(_log.Entries);
        Assert.Equal(("chat @ v1", "registered", DateTimeOffset.UnixEpoch), (entry.Name, entry.Action, entry.At));
    }

    [Fact]
    public void Entries_AfterMoreChangesThanAreKept_AreTheLatestInOrder()
    {
        _mesh.Load(Model("chat", 1));
        for (var revision = 2; revision <= EventLog.MostKept + 10; revision++)
        {
            _mesh.Load(Model("chat", revision));
        }

        Assert.Equal(Enumerable.Range(11, EventLog.MostKept).Select(number => (long)number), _log.Entries.Select(entry => entry.Number));
        Assert.Contains($"revision {EventLog.MostKept + 10}", _log.Entries.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_OfInstances_BeginAfterTheFirstLookAtThem()
    {
        _mesh.Show("one", "two");
        Assert.Empty(_log.Entries);

        _mesh.Show("one", "two", "three");

        Assert.Equal(("three", "joined"), (Assert.Single(_log.Entries).Name, _log.Entries.Peek().Action));
    }

    [Fact]
    public async Task Topic_WithoutAChange_IsTheSameObject()
    {
        var topic = new EventsTopic(_log);
        _mesh.Load(Model("chat", 1));
        var first = await topic.ReadAsync(CancellationToken.None);

        Assert.Same(first, await topic.ReadAsync(CancellationToken.None));

        _mesh.Load(Model("chat", 2));
        Assert.Equal(["1", "2"], (await topic.ReadAsync(CancellationToken.None)).Keys.Order(StringComparer.Ordinal));
    }

    private static ModelVersion Model(string name, long revision) => new() { Name = name, Version = "v1", BackendType = "mock", Revision = revision };

    private sealed class FakeMesh : ICatalog, IInstanceDirectory
    {
        private IReadOnlyList<InstanceInfo> _instances = [];
        private Action? _instancesChanged;

        public event Action<CatalogChange>? Changed;

        event Action? IInstanceDirectory.Changed
        {
            add => _instancesChanged += value;
            remove => _instancesChanged -= value;
        }

        public CatalogSnapshot Current { get; private set; } = CatalogSnapshot.Empty;

        IReadOnlyList<InstanceInfo> IInstanceDirectory.Current => _instances;

        public Task<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(Current);

        public void Load(ModelVersion model)
        {
            var (before, now) = (Current, CatalogSnapshot.Create(model.Revision, [model]));
            Current = now;
            Changed?.Invoke(new CatalogChange(before, now, CatalogDiff.Between(before, now)));
        }

        public void Show(params string[] ids)
        {
            _instances = [.. ids.Select(id => new InstanceInfo(id, "http://a:1", "http://a:2", [], DateTimeOffset.UnixEpoch))];
            _instancesChanged?.Invoke();
        }
    }
}
