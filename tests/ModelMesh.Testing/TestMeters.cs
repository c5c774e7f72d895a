using System.Diagnostics.Metrics;

namespace ModelMesh.Testing;

/// <summary>Makes meters that are one test's own, as a host's factory makes the host's.</summary>
public sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> _made = [];

    public Meter Create(MeterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Scope = this;
        var meter = new Meter(options);
        lock (_made)
        {
            _made.Add(meter);
        }

        return meter;
    }

    public void Dispose()
    {
        lock (_made)
        {
            _made.ForEach(meter => meter.Dispose());
        }
    }
}
