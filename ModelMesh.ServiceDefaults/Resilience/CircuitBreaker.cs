namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>
/// Keeps requests off what fails: closed, it lets all through, until so many in a row fail; open, it lets none through for a while; half open, it lets one through, and that
/// one's success closes it, while its failure opens it for twice as long. Lock-free, thread-safe; an outcome that changes nothing costs one read.
/// </summary>
public sealed class CircuitBreaker
{
    private readonly CircuitRules _rules;
    private readonly TimeProvider _time;
    private readonly Func<int, long> _openUntil;
    private CircuitStanding _standing = CircuitStanding.Closed;

    public CircuitBreaker(CircuitRules rules, TimeProvider time)
    {
        (_rules, _time) = (rules, time);
        _openUntil = openings => _time.GetTimestamp() + (long)(_rules.OpenTime(openings).TotalSeconds * _time.TimestampFrequency);
    }

    public CircuitState State => Standing is { IsClosed: false } open ? open.StateAt(_time.GetTimestamp()) : CircuitState.Closed;

    /// <summary>How many failures came in a row.</summary>
    public int Failures => Standing.Failures;

    /// <summary>Whether <see cref="TryEnter"/> would let a request through at this moment.</summary>
    public bool Admits => Standing is { IsClosed: true } || Standing.Admits(_time.GetTimestamp());

    /// <summary>How long until a probe may go; zero while it is closed, or half open.</summary>
    public TimeSpan UntilProbe
    {
        get
        {
            var standing = Standing;
            var now = standing.IsClosed ? 0 : _time.GetTimestamp();
            return standing.OpenUntil > now ? _time.GetElapsedTime(now, standing.OpenUntil) : TimeSpan.Zero;
        }
    }

    private CircuitStanding Standing => Volatile.Read(ref _standing);

    /// <summary>Asks to send a request. When it is granted, its permit has to be given back.</summary>
    public bool TryEnter(out CircuitPermit permit)
    {
        while (true)
        {
            var before = Standing;
            permit = new CircuitPermit(before.Round, IsProbe: !before.IsClosed);
            if (before.IsClosed)
            {
                return true;
            }

            if (!before.Admits(_time.GetTimestamp()))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _standing, before.Entered(), before) == before)
            {
                return true;
            }
        }
    }

    /// <summary>The request was answered.</summary>
    public CircuitChange Succeeded(CircuitPermit permit) => Move((Permit: permit, Breaker: this), static (standing, given) => standing.AfterSuccess(given.Permit));

    /// <summary>The request failed by the upstream's fault.</summary>
    public CircuitChange Failed(CircuitPermit permit) =>
        Move((Permit: permit, Breaker: this), static (standing, given) => standing.AfterFailure(given.Permit, given.Breaker._rules.Failures, given.Breaker._openUntil));

    /// <summary>The request was given up, or was refused for what it holds: it says nothing of the upstream.</summary>
    public void GiveBack(CircuitPermit permit) => Move((Permit: permit, Breaker: this), static (standing, given) => standing.AfterNothing(given.Permit));

    /// <summary>Opens it for another reason than failures in a row, unless it is open or half open.</summary>
    public CircuitChange Trip() => Move(this, static (standing, breaker) => standing.IsClosed ? standing.Open(breaker._openUntil) : standing);

    private CircuitChange Move<T>(T given, Func<CircuitStanding, T, CircuitStanding> next)
    {
        while (true)
        {
            var before = Standing;
            var after = next(before, given);
            if (ReferenceEquals(after, before) || Interlocked.CompareExchange(ref _standing, after, before) == before)
            {
                return Change(before, after);
            }
        }
    }

    private static CircuitChange Change(CircuitStanding before, CircuitStanding after) =>
        after.Openings > before.Openings ? before.IsClosed ? CircuitChange.Opened : CircuitChange.Reopened
        : after.IsClosed && !before.IsClosed ? CircuitChange.Closed
        : CircuitChange.None;
}
