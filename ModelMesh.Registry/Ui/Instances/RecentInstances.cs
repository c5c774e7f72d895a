using System.Collections.Immutable;
using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Ui.Instances;

/// <summary>Remembers replicas for a while after they went. Each replica remembers what it saw itself. Thread-safe.</summary>
internal sealed class RecentInstances : IDisposable
{
    private const int Most = 50;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly IInstanceDirectory _instances;
    private readonly TimeProvider _time;
    private readonly Lock _writing = new();
    private IReadOnlyList<InstanceInfo> _known;
    private ImmutableArray<GoneInstance> _gone = [];

    public RecentInstances(IInstanceDirectory instances, TimeProvider time)
    {
        (_instances, _time, _known) = (instances, time, instances.Current);
        instances.Changed += Compare;
    }

    /// <summary>The latest first.</summary>
    public ImmutableArray<GoneInstance> Gone
    {
        get
        {
            var oldest = _time.GetUtcNow() - Kept;
            return _gone.RemoveAll(gone => gone.At < oldest);
        }
    }

    public void Dispose() => _instances.Changed -= Compare;

    private void Compare()
    {
        lock (_writing)
        {
            var now = _instances.Current;
            var gone = After(_known, now, Gone, _time.GetUtcNow());
            (_known, _gone) = (now, gone);
        }
    }

    /// <summary>1. What was there and is not any more went now. 2. What is there has not gone, whatever it seemed. 3. Only so many are remembered. Pure.</summary>
    internal static ImmutableArray<GoneInstance> After(IReadOnlyList<InstanceInfo> before, IReadOnlyList<InstanceInfo> now, ImmutableArray<GoneInstance> gone, DateTimeOffset at)
    {
        var live = now.Select(instance => instance.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. before.Where(instance => !live.Contains(instance.Id)).Select(instance => new GoneInstance(instance, at))
                .Concat(gone.Where(known => !live.Contains(known.Instance.Id)))
                .Take(Most),
        ];
    }
}
