using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Cache.Flights;

/// <summary>
/// One call for an answer on behalf of all requests that are exactly the same. It belongs to none of them: it goes on until it is complete or until the last has left.
/// An answer that breaks is the end of it for those who have sent some of it on. The others wait for another, if the rest of the way has one. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // Who leaves may still end it when it is over, and without a timer the source owns nothing.
internal sealed class Flight(int maxBytes)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly List<Passenger> _passengers = [];
    private readonly CancellationTokenSource _ended = new();
    private StageHeaders _headers = new();
    private Queued? _place;
    private SharedAnswer? _answer;
    private bool _isOver;

    /// <summary>The last answer that there was.</summary>
    public SharedAnswer? Answer => _answer;

    public int Passengers
    {
        get
        {
            lock (_lock)
            {
                return _passengers.Count;
            }
        }
    }

    /// <summary>Takes one more request along, from the answer's beginning; null when that is too late.</summary>
    public Passenger? Board(AnswerCall call)
    {
        var passenger = new Passenger(this, call);
        lock (_lock)
        {
            if (_isOver)
            {
                return null;
            }

            if (_answer is not null)
            {
                if (_answer.TryRead() is not { } stream)
                {
                    return null;
                }

                passenger.Stream = stream;
                passenger.Tell(new FlightNews(null, stream));
            }
            else if (_place is not null)
            {
                passenger.Tell(new FlightNews(_place, null));
            }

            _passengers.Add(passenger);
            return passenger;
        }
    }

    public void Leave(Passenger passenger)
    {
        SharedStream? stream;
        bool wasLast;
        lock (_lock)
        {
            _passengers.Remove(passenger);
            stream = passenger.Stream;
            wasLast = _passengers.Count == 0;

            // A complete answer can still be read until it has been kept.
            _isOver |= wasLast && _answer?.Completed is null;
        }

        // Before the answer is told that nobody reads it: whoever gave it has to see why.
        if (wasLast && _answer is not { EndsTheCall: true })
        {
            _ = _ended.CancelAsync();
        }

        stream?.Dispose();
    }

    /// <summary>Runs until there is nothing to come, whatever becomes of it, and tells all who are on it.</summary>
    /// <param name="call">That of the first request, which this may outlive.</param>
    public async Task RunAsync(AnswerCall call, AnswerNext next)
    {
        var detached = call.Detached(TellPlaceAsync);
        _headers = detached.AnswerHeaders;
        var run = CallAsync(detached, next);
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _isOver |= _answer?.Completed is null;
            var failure = run.IsCanceled ? new OperationCanceledException() : run.Exception?.InnerException;
            _passengers.ForEach(passenger => passenger.Over(failure, _headers));
        }
    }

    // An exception of the call's own beginning is the task's as well.
    private async Task CallAsync(AnswerCall call, AnswerNext next) => await next(call, ShareAsync, _ended.Token);

    private async Task ShareAsync(IAnswerStream stream)
    {
        var answer = new SharedAnswer(stream, _headers, maxBytes);
        lock (_lock)
        {
            if (_passengers.Count == 0)
            {
                throw new OperationCanceledException(_ended.Token);
            }

            // All have theirs before the first is told: one that leaves at once must not be the last.
            _answer = answer;
            _passengers.ForEach(passenger => passenger.Stream = answer.TryRead());
            _passengers.ForEach(passenger => passenger.Tell(new FlightNews(null, passenger.Stream)));
        }

        await answer.Over;
    }

    private Task TellPlaceAsync(Queued place)
    {
        lock (_lock)
        {
            _place = place;
            _passengers.ForEach(passenger => passenger.Tell(new FlightNews(place, null)));
        }

        return Task.CompletedTask;
    }
}
