using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>Scripts over the client library, for stores that a connection of our own cannot reach or does not understand.</summary>
internal sealed class LibraryScripts(IDatabase database) : IScripts
{
    public async Task<StoreReply> RunAsync(ScriptCall call)
    {
        try
        {
            // The client library may complete its tasks on the one thread that reads answers: ours must not run there.
            return StoreReply.Of(await call.Script.EvaluateAsync(database, call.Keys, Array.ConvertAll(call.Values, value => value.ToRedis())).ConfigureAwait(ConfigureAwaitOptions.ForceYielding));
        }
        catch (RedisServerException exception)
        {
            throw new StoreRefusedException(exception.Message, exception);
        }
    }
}
