using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Gateway.Registry.Breakers;

/// <summary>
/// One request's say about the version it was sent to. It counts once, and disposed without having been used it says nothing. Without a permit, where the request was
/// sent whatever the breaker said, it never says anything.
/// </summary>
internal sealed class RoutePass(VersionGuard guard, CircuitPermit? permit, Action<VersionGuard, CircuitChange> changed) : IDisposable
{
    private CircuitPermit? _permit = permit;
    private int _used = permit is null ? 1 : 0;
    private bool _waits;

    /// <summary>The request waits for a slot, and finds nothing out until it has one: a probe lets another request be it.</summary>
    public void Waits()
    {
        if (_permit is { IsProbe: true } probe && Use())
        {
            guard.Breaker.GiveBack(probe);
            _waits = true;
        }
    }

    /// <summary>It has a slot. What comes of it counts again, unless another is the probe meanwhile.</summary>
    public void GoesOn()
    {
        if (_waits && guard.Breaker.TryEnter(out var again))
        {
            (_permit, _waits) = (again, false);
            Volatile.Write(ref _used, 0);
        }
    }

    /// <summary>The first token is there. It is all that a probe is to find out; for any other request the answer's end counts, so that cuts in a row do.</summary>
    public void FirstToken()
    {
        if (_permit is { IsProbe: true })
        {
            Succeeded();
        }
    }

    public void Succeeded()
    {
        if (Use())
        {
            Tell(guard.Breaker.Succeeded(_permit!.Value));
        }
    }

    public void Failed()
    {
        if (Use())
        {
            Tell(guard.Breaker.Failed(_permit!.Value));
        }
    }

    public void Dispose()
    {
        if (Use())
        {
            guard.Breaker.GiveBack(_permit!.Value);
        }
    }

    private bool Use() => Interlocked.Exchange(ref _used, 1) == 0;

    private void Tell(CircuitChange change)
    {
        if (change is not CircuitChange.None)
        {
            changed(guard, change);
        }
    }
}
