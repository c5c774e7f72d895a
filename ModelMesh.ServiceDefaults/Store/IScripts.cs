namespace ModelMesh.ServiceDefaults.Store;

/// <summary>Runs scripts over one connection, whatever session there is. Thread-safe.</summary>
internal interface IScripts
{
    /// <summary>Sends before it returns; what follows the answer runs on a thread that may be kept.</summary>
    /// <exception cref="StoreRefusedException">The store answered with an error.</exception>
    Task<StoreReply> RunAsync(ScriptCall call);
}
