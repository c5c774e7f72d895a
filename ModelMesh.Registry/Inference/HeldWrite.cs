namespace ModelMesh.Registry.Inference;

/// <summary>
/// Something written that goes out with the next write, or by itself once it has waited for some time: the watchdog looks. Either the one or the other sends it,
/// never both at once.
/// </summary>
/// <param name="send">Sends it.</param>
internal sealed class HeldWrite(Func<Task> send, TimeProvider time)
{
    // Less than the shortest time that a gateway can be told to wait for a sign of a registry.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _deciding = new();
    private readonly long _since = time.GetTimestamp();
    private Task? _sending;
    private bool _isTaken;

    /// <summary>The next write takes it along, and may begin once this completes.</summary>
    public Task TakeAsync()
    {
        lock (_deciding)
        {
            _isTaken = true;
            return _sending ?? Task.CompletedTask;
        }
    }

    /// <summary>One look of the watchdog.</summary>
    public void Look()
    {
        if (time.GetElapsedTime(_since) < Longest)
        {
            return;
        }

        lock (_deciding)
        {
            _sending ??= _isTaken ? null : send();
        }
    }
}
