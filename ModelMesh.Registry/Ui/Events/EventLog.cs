using System.Collections.Immutable;
using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Ui.Events;

/// <summary>
/// The latest changes of the mesh as this replica heard them, in memory. Of what was before its start it knows what the catalog tells: when each thing was changed last.
/// Thread-safe; reading takes no lock.
/// </summary>
internal sealed class EventLog : IHostedService, IDisposable
{
    public const int MostKept = 500;

    private readonly ICatalog _catalog;
    private readonly IInstanceDirectory _instances;
    private readonly TimeProvider _time;
    private readonly Lock _writing = new();
    private volatile IReadOnlyList<InstanceInfo> _known;
    private ImmutableQueue<LogEntry> _entries = ImmutableQueue<LogEntry>.Empty;
    private long _last;
    private int _count;
    private bool _heardOfInstances;

    public EventLog(ICatalog catalog, IInstanceDirectory instances, TimeProvider time)
    {
        (_catalog, _instances, _time) = (catalog, instances, time);
        Since = time.GetUtcNow();
        _known = instances.Current;
        _heardOfInstances = _known.Count > 0;
        catalog.Changed += OnCatalog;
        instances.Changed += OnInstances;
        Begin(catalog.Current);
    }

    /// <summary>From when on this replica has heard of everything.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>The oldest first. Immutable; another one after each change.</summary>
    public ImmutableQueue<LogEntry> Entries => Volatile.Read(ref _entries);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _catalog.Changed -= OnCatalog;
        _instances.Changed -= OnInstances;
    }

    private void OnCatalog(CatalogChange change)
    {
        if (ReferenceEquals(change.Previous, CatalogSnapshot.Empty))
        {
            Begin(change.Current);
        }
        else
        {
            var now = _time.GetUtcNow();
            Add(CatalogWords.Of(change).Select(draft => (draft, now)));
        }
    }

    // The first look at the catalog is no change of it.
    private void Begin(CatalogSnapshot snapshot) => Add(CatalogWords.Past(snapshot).TakeLast(MostKept / 2));

    private void OnInstances()
    {
        lock (_writing)
        {
            var (before, now) = (_known, _instances.Current);
            _known = now;

            // The first look is no change either: only what joins after it has joined.
            if (_heardOfInstances)
            {
                var time = _time.GetUtcNow();
                Add(InstanceWords.Between(before, now).Select(draft => (draft, time)));
            }

            _heardOfInstances = true;
        }
    }

    private void Add(IEnumerable<(LogDraft Draft, DateTimeOffset At)> drafts)
    {
        lock (_writing)
        {
            var entries = _entries;
            foreach (var (draft, at) in drafts)
            {
                entries = entries.Enqueue(draft.At(++_last, at));
                if (++_count > MostKept)
                {
                    entries = entries.Dequeue();
                    _count--;
                }
            }

            Volatile.Write(ref _entries, entries);
        }
    }
}
