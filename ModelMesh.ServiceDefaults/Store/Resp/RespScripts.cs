namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>Scripts over a connection of our own.</summary>
internal sealed class RespScripts(RespConnection connection) : IScripts
{
    public async Task<StoreReply> RunAsync(ScriptCall call)
    {
        var reply = await connection.CallAsync(new EvalCommand(call, byHash: true)).ConfigureAwait(false);
        if (reply.IsRefused && StoreErrors.IsNoScript(reply.Refusal))
        {
            reply = await connection.CallAsync(new EvalCommand(call, byHash: false)).ConfigureAwait(false);
        }

        reply.ThrowIfRefused();
        return reply;
    }
}
