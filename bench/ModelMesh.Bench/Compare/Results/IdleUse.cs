namespace ModelMesh.Bench.Compare.Results;

/// <summary>What programs used while nobody sent them a request: by the clock, for what they have to keep.</summary>
/// <param name="Seconds">How long that was looked at.</param>
/// <param name="Processes">The same programs as of the run that followed.</param>
/// <param name="Settled">Whether they had come below <see cref="SettledPercent"/> before, so that nothing of what was done last is in it.</param>
internal sealed record IdleUse(double Seconds, IReadOnlyList<ProcessUse> Processes, bool Settled)
{
    /// <summary>In percent of a core, over a second: below it, what registering and asking caused is over.</summary>
    public const double SettledPercent = 15;

    /// <summary>How many seconds that is waited for.</summary>
    public const int PatienceSeconds = 150;
}
