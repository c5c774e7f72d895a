using System.Collections.Concurrent;

namespace ModelMesh.Registry.Tests.Store;

/// <summary>Holds back what continues on it until it is released, so that a test decides what happens before.</summary>
internal sealed class HeldContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Continue, object? State)> _held = [];

    public bool HoldsSomething => !_held.IsEmpty;

    public override void Post(SendOrPostCallback d, object? state) => _held.Enqueue((d, state));

    public Task<T> Start<T>(Func<Task<T>> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Release()
    {
        while (_held.TryDequeue(out var held))
        {
            held.Continue(held.State);
        }
    }
}
