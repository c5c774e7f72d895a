namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>How a circuit breaker stands. Pure: every change makes a new value.</summary>
/// <param name="Round">Rises with each change of the state.</param>
/// <param name="Failures">How many failures came in a row, those that opened it included.</param>
/// <param name="Openings">How many times it opened in a row; 0: closed.</param>
/// <param name="OpenUntil">When it may be probed, while it is open, on whatever clock the caller has.</param>
/// <param name="Probing">Whether the probe is under way.</param>
internal sealed record CircuitStanding(int Round, int Failures, int Openings, long OpenUntil, bool Probing)
{
    public static CircuitStanding Closed { get; } = new(0, 0, 0, 0, Probing: false);

    public bool IsClosed => Openings == 0;

    public CircuitState StateAt(long now) => IsClosed ? CircuitState.Closed : Probing || now >= OpenUntil ? CircuitState.HalfOpen : CircuitState.Open;

    /// <summary>Whether a request may go now: 1. closed: yes; 2. open: no; 3. half open: one, the probe.</summary>
    public bool Admits(long now) => IsClosed || (!Probing && now >= OpenUntil);

    /// <summary>What <see cref="Admits"/> said yes to is on its way.</summary>
    public CircuitStanding Entered() => IsClosed ? this : this with { Probing = true };

    /// <summary>1. of another round: says nothing; 2. of the probe: closed; 3. of any other: no failures in a row any more.</summary>
    public CircuitStanding AfterSuccess(CircuitPermit permit) =>
        permit.Round != Round ? this
        : permit.IsProbe ? Closed with { Round = Round + 1 }
        : Failures == 0 ? this
        : this with { Failures = 0 };

    /// <summary>1. of another round: says nothing; 2. of the probe: open again, for longer; 3. enough in a row: open; 4. one more in a row.</summary>
    public CircuitStanding AfterFailure(CircuitPermit permit, int failuresToOpen, Func<int, long> openUntil) =>
        permit.Round != Round ? this
        : permit.IsProbe || Failures + 1 >= failuresToOpen ? Open(openUntil)
        : this with { Failures = Failures + 1 };

    /// <summary>The request said nothing of the upstream: the next one may be the probe.</summary>
    public CircuitStanding AfterNothing(CircuitPermit permit) => permit.Round == Round && permit.IsProbe ? this with { Probing = false } : this;

    /// <summary>Open, whatever it was.</summary>
    public CircuitStanding Open(Func<int, long> openUntil) => new(Round + 1, Failures + 1, Openings + 1, openUntil(Openings + 1), Probing: false);
}
