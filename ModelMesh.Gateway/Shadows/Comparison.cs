using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Shadows;

/// <summary>A request and one copy of it, each of which ends when it does. Counted once both have. Thread-safe.</summary>
internal sealed class Comparison(ModelId shadow, ShadowTally tally)
{
    private MeasuredAnswer? _real;
    private MeasuredAnswer? _copy;
    private int _ended;

    /// <param name="real">Null where it says nothing of the version.</param>
    public void RealEnded(MeasuredAnswer? real)
    {
        _real = real;
        End();
    }

    /// <param name="copy">Null where it was ended because the gateway stops.</param>
    public void CopyEnded(MeasuredAnswer? copy)
    {
        _copy = copy;
        End();
    }

    private void End()
    {
        if (Interlocked.Increment(ref _ended) == 2 && _real is { } real && _copy is { } copy)
        {
            tally.Add(new ComparedRequest(new ShadowPair(shadow, copy.Revision, real.Version, real.Revision), real, copy));
        }
    }
}
