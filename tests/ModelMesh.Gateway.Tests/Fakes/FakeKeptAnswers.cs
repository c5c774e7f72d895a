using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Cache;
using ModelMesh.ServiceDefaults.Cache;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>Answers kept in memory, for ever.</summary>
internal sealed class FakeKeptAnswers : IKeptAnswers
{
    private int _looks;

    public ConcurrentDictionary<string, byte[]> Kept { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<TimeSpan> TimesToLive { get; } = [];

    public int Looks => Volatile.Read(ref _looks);

    public bool StoreIsAway { get; set; }

    /// <summary>What the gate says of the revision that is asked for.</summary>
    public bool IsServed { get; set; } = true;

    public long Epoch { get; set; }

    public Task<AnswerLook?> LookAsync(string hash, ModelId id, long revision)
    {
        Interlocked.Increment(ref _looks);
        return Task.FromResult(StoreIsAway ? null : new AnswerLook(IsServed, Epoch, Kept.GetValueOrDefault(hash)));
    }

    public Task KeepAsync(string hash, byte[] answer, TimeSpan timeToLive, long epoch)
    {
        if (!StoreIsAway && epoch == Epoch)
        {
            Kept[hash] = answer;
            TimesToLive.Enqueue(timeToLive);
        }

        return Task.CompletedTask;
    }
}
