using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Instances;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>
/// The shared records as this replica last read them, an immutable snapshot, and on top of them what its own traffic has said since.
/// </summary>
internal sealed class HealthBoard(ModelRuntimes runtimes, IInstanceIdentity instance) : IModelHealth
{
    private ImmutableDictionary<ModelId, HealthRecord> _records = ImmutableDictionary<ModelId, HealthRecord>.Empty;

    public HealthRecord Of(ModelVersion model)
    {
        var shared = _records.GetValueOrDefault(model.Id) is { } record && record.Revision == model.Revision ? record : HealthRecord.Unknown(model.Revision);
        if (runtimes.Find(model.Id) is not { } runtime || runtime.Model.Revision != model.Revision || runtime.Health.Current is not { IsNews: true } news)
        {
            return shared;
        }

        return shared with
        {
            Standing = news.Standing,
            Source = HealthSource.Passive,
            Instance = instance.Id,
            CheckedAt = news.At,
            LastError = news.Error ?? shared.LastError,
            LastErrorAt = news.Error is null ? shared.LastErrorAt : news.At,
        };
    }

    /// <summary>Takes in a record that was just read or written, and has the model's runtime go on from there.</summary>
    public void Put(ModelId id, HealthRecord? record)
    {
        if (record is null)
        {
            ImmutableInterlocked.TryRemove(ref _records, id, out _);
            return;
        }

        // One that was read before another was written may come in after it.
        ImmutableInterlocked.AddOrUpdate(ref _records, id, record, (_, before) => before.Revision == record.Revision && before.CheckedAt > record.CheckedAt ? before : record);
        if (runtimes.Find(id) is { } runtime && runtime.Model.Revision == record.Revision)
        {
            runtime.Health.Adopt(record);
        }
    }
}
