using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>A time during which the store answers. When it ends, all that waits on it fails at once.</summary>
#pragma warning disable CA1001 // Waiters may still hold the source's token when the session ends, and without a timer it owns nothing.
internal sealed class StoreSession(IDatabase database, IScripts scripts)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _ended = new();
    private int _claimed;

    public IDatabase Database { get; } = database;

    public IScripts Scripts { get; } = scripts;

    public CancellationToken Ended => _ended.Token;

    public bool IsOver => _ended.IsCancellationRequested;

    /// <summary>True for the first who wants to end it: that one does.</summary>
    public bool TryClaimEnd() => Interlocked.Exchange(ref _claimed, 1) == 0;

    public void End() => _ = _ended.CancelAsync();
}
