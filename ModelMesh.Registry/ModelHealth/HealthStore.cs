using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>Whether this replica is to probe a model version now.</summary>
/// <param name="IsOurs">It is, until the turn's time is up.</param>
/// <param name="AskAgainIn">When it makes sense to ask again, where it is not; null for a replica that serves an old revision.</param>
internal sealed record ProbeTurn(bool IsOurs, TimeSpan? AskAgainIn);

/// <summary>What there is to write down.</summary>
internal sealed record HealthReport(ModelId Id, long Revision, HealthSource Source, HealthStanding Standing, string? Error, string? Details, TimeSpan UntilProbe, TimeSpan Life);

/// <summary>The shared record as it is after a report, and the state before.</summary>
internal sealed record HealthWritten(HealthState Before, HealthRecord Record);

/// <summary>
/// The health records of all replicas: one hash a model version, in the version's own slot, which expires unless it is renewed; beside it the turn to probe, a
/// string that expires with a prober that died. Thread-safe.
/// </summary>
internal sealed class HealthStore(StoreConnection store, IInstanceIdentity instance)
{
    private static readonly StoreScript TurnScript = StoreScript.Load<HealthStore>("turn.lua");
    private static readonly StoreScript ReportScript = StoreScript.Load<HealthStore>("report.lua");
    private static readonly StoreScript ForgetScript = StoreScript.Load<HealthStore>("forget.lua");

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<ProbeTurn> TakeTurnAsync(ModelId id, long revision, TimeSpan length)
    {
        var answer = (RedisResult[])(await store.RunAsync(StoreCommands.HealthWrite, database => TurnScript.EvaluateAsync(
            database, [store.Keys.Health(id), store.Keys.ProbeTurn(id)], [instance.Id, revision, (long)length.TotalMilliseconds])))!;
        return (string)answer[0]! switch
        {
            "yours" => new ProbeTurn(IsOurs: true, null),
            "stale" => new ProbeTurn(IsOurs: false, null),
            _ => new ProbeTurn(IsOurs: false, TimeSpan.FromMilliseconds((long)answer[1])),
        };
    }

    /// <returns>Null when the record is about a newer revision.</returns>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<HealthWritten?> ReportAsync(HealthReport report)
    {
        RedisValue[] values =
        [
            instance.Id,
            report.Revision,
            HealthFields.Name(report.Source),
            HealthFields.Name(report.Standing.State),
            report.Standing.Reason ?? "",
            report.Standing.Failures,
            report.Standing.FailedProbes,
            report.Error ?? "",
            report.Details ?? "",
            (long)report.UntilProbe.TotalMilliseconds,
            (long)report.Life.TotalMilliseconds,
            report.Id.ToString(),
            store.Keys.HealthEvents,
            .. HealthFields.All,
        ];
        var answer = (RedisResult[])(await store.RunAsync(StoreCommands.HealthWrite, database => ReportScript.EvaluateAsync(
            database, [store.Keys.Health(report.Id), store.Keys.ProbeTurn(report.Id)], values)))!;
        if (answer.Length == 1)
        {
            return null;
        }

        var record = HealthFields.Read([.. answer.Skip(1).Select(field => (string)field!)], DateTimeOffset.MinValue)!;
        return new HealthWritten(HealthFields.State((string?)answer[0]), record with { DueIn = report.UntilProbe });
    }

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task ForgetAsync(ModelId id, long removedAt) =>
        store.RunAsync(StoreCommands.HealthWrite, database => ForgetScript.EvaluateAsync(database, [store.Keys.Health(id), store.Keys.ProbeTurn(id)], [removedAt]));

    /// <summary>The records of some model versions, null where there is none: two round trips however many.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<IReadOnlyList<HealthRecord?>> ReadAsync(IReadOnlyList<ModelId> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var now = await store.NowAsync();
        var records = await store.RunAsync(StoreCommands.HealthRead, database => Task.WhenAll(ids.Select(id => database.HashGetAsync(store.Keys.Health(id), HealthFields.All))));
        return Array.ConvertAll(records, fields => HealthFields.Read(Array.ConvertAll(fields, field => field.ToString()), now));
    }
}
