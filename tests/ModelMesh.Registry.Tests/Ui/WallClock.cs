namespace ModelMesh.Registry.Tests.Ui;

/// <summary>The time of day, which moves when a test says so. It has no timers.</summary>
internal sealed class WallClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddMinutes(1);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
