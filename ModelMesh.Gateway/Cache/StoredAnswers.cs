using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Cache;
using StackExchange.Redis;

namespace ModelMesh.Gateway.Cache;

/// <summary>Answers kept in the store.</summary>
internal sealed partial class StoredAnswers(AnswerStore store, IOptions<CacheOptions> options, CacheMetrics metrics, ILogger<StoredAnswers> logger) : IKeptAnswers
{
    public async Task<AnswerLook?> LookAsync(string hash, ModelId id, long revision)
    {
        try
        {
            return await store.LookAsync(hash, id, revision);
        }
        catch (Exception exception) when (IsTheStores(exception))
        {
            NotAsked(exception);
            return null;
        }
    }

    public async Task KeepAsync(string hash, byte[] answer, TimeSpan timeToLive, long epoch)
    {
        try
        {
            if (await store.KeepAsync(hash, answer, timeToLive, options.Value.MaxBytes, epoch) is { } evicted)
            {
                metrics.Kept(answer.Length, evicted);
            }
        }
        catch (Exception exception) when (IsTheStores(exception))
        {
            NotAsked(exception);
        }
    }

    private static bool IsTheStores(Exception exception) => exception is MeshException { Code: ErrorCode.StoreUnavailable } or RedisException;

    // That the store is away is told by its connection; what it refuses is told by nobody else.
    private void NotAsked(Exception exception)
    {
        if (exception is RedisException)
        {
            Refused(exception);
        }
    }

    [LoggerMessage(EventId = 250, EventName = "KeptAnswersRefused", Level = LogLevel.Warning, Message = "The store refused to look up or keep an answer; the request is answered without")]
    private partial void Refused(Exception exception);
}
