namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>A monotonic clock that moves when a test says so. It has no timers.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _now = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public void Move(TimeSpan by) => _now += by.Ticks;
}
