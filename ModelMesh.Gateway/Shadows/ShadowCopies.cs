using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Registry.Balancing;
using ModelMesh.Gateway.Registry.Failover;

namespace ModelMesh.Gateway.Shadows;

/// <summary>
/// Sends copies, a bounded number at once, and measures their answers. A copy belongs to no request: it goes on when the client has left, and ends by its own time limits or when
/// the gateway begins to stop. It is sent once, to one registry, and what it meets there counts for no breaker and for no quarantine. Thread-safe.
/// </summary>
internal sealed partial class ShadowCopies(
    RegistryFleet fleet, ShadowMetrics metrics, IOptions<ShadowOptions> options, IHostApplicationLifetime lifetime, ILogger<ShadowCopies> logger)
{
    private int _inFlight;

    /// <summary>How many are under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Takes no time of the caller's: all of it happens elsewhere.</summary>
    /// <param name="comparison">Told how it ended, once.</param>
    public void Send(ShadowCopy copy, Comparison comparison)
    {
        if (Interlocked.Increment(ref _inFlight) <= options.Value.MaxInFlight)
        {
            _ = Task.Run(() => RunAsync(copy, comparison));
            return;
        }

        Interlocked.Decrement(ref _inFlight);
        metrics.Ended(AnswerOutcome.Dropped);
        comparison.CopyEnded(Nothing(copy, AnswerOutcome.Dropped));
    }

    private static MeasuredAnswer Nothing(ShadowCopy copy, AnswerOutcome outcome) => new(outcome, copy.Model.Version, copy.Model.Revision);

    private async Task RunAsync(ShadowCopy copy, Comparison comparison)
    {
        MeasuredAnswer? answer = null;
        try
        {
            using var late = new CancellationTokenSource(options.Value.MaxDuration, fleet.Time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, lifetime.ApplicationStopping);
            answer = await AskAsync(copy, late.Token, ended.Token);
            metrics.Ended(answer.Outcome);
        }
        catch (Exception exception)
        {
            // Nobody waits for it.
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                Broke(exception, copy.Model.Id.ToString());
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            comparison.CopyEnded(answer);
        }
    }

    private async Task<MeasuredAnswer> AskAsync(ShadowCopy copy, CancellationToken late, CancellationToken ended)
    {
        var hint = new BalanceHint(copy.HashKey, fleet.LooksAtPrompts ? PromptPrefix.HashOf(copy.Messages) : 0);
        if (fleet.Take(copy.Model.BackendType, ImmutableHashSet<string>.Empty, hint) is not { } instance)
        {
            return Nothing(copy, AnswerOutcome.Unserved);
        }

        using var meter = new AnswerMeter(copy.IsGreedy ? new AnswerDigest() : null);
        InferStream? stream = null;
        try
        {
            stream = await InferStream.OpenAsync(fleet, instance, copy.ToInferRequest(), new StreamTerms(copy.Model, AttemptCause.Shadow, Number: 1, fleet.BoundsOf(copy.Model)), ended);
            meter.Count(stream.Current);
            while (!meter.IsComplete && await stream.MoveNextAsync())
            {
                meter.Count(stream.Current);
            }

            return meter.Measure(meter.IsComplete ? AnswerOutcome.Completed : AnswerOutcome.Unserved, stream.Accepted, stream.BackendWait);
        }
        catch (Exception exception) when (!lifetime.ApplicationStopping.IsCancellationRequested && OutcomeOf(exception, instance, late.IsCancellationRequested) is { } outcome)
        {
            return meter.Measure(outcome, stream?.Accepted ?? new Accepted { Version = copy.Model.Version, Revision = copy.Model.Revision }, stream?.BackendWait ?? TimeSpan.Zero);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    // What it refuses is a failure here: the other version took it.
    private static AnswerOutcome? OutcomeOf(Exception exception, RegistryInstance instance, bool isLate) => FailedAttempt.From(exception, instance.Info) switch
    {
        _ when isLate => AnswerOutcome.Failed,
        null => null,
        { Error.Code: ErrorCode.InvalidRequest } or { IsOfTheVersion: true } or { AskedUpstream: true } => AnswerOutcome.Failed,
        _ => AnswerOutcome.Unserved,
    };

    [LoggerMessage(EventId = 261, EventName = "ShadowCopyBroke", Level = LogLevel.Error, Message = "A copy of a request for the shadow version {Model} failed in a way that nobody foresaw")]
    private partial void Broke(Exception exception, string model);
}
