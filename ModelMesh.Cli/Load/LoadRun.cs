using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Load;

/// <summary>Sends requests as a plan says, and counts. A request that was stopped by the user is in no figure.</summary>
internal sealed class LoadRun(GatewayClient gateway, string body, LoadPlan plan, TimeProvider time)
{
    // A refusal takes no time: without a pause a full model would be asked thousands of times a second.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(50);

    private readonly long _since = time.GetTimestamp();

    public LoadProgress Progress { get; } = new();

    public PeakCount AtOnce { get; } = new();

    public TimeSpan Elapsed => time.GetElapsedTime(_since);

    /// <returns>What came of all that ended, also where the token fired.</returns>
    public async Task<LoadTally> RunAsync(CancellationToken cancellationToken)
    {
        var sum = new LoadTally();
        foreach (var tally in await Task.WhenAll(Enumerable.Range(0, plan.Concurrency).Select(_ => Task.Run(() => WorkAsync(cancellationToken), CancellationToken.None))))
        {
            sum.Add(tally);
        }

        return sum;
    }

    private async Task<LoadTally> WorkAsync(CancellationToken cancellationToken)
    {
        var tally = new LoadTally();
        try
        {
            while (!cancellationToken.IsCancellationRequested && !(Elapsed >= plan.Duration) && MayBegin())
            {
                await AskAsync(tally, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Progress.TakeBack();
        }

        return tally;
    }

    private bool MayBegin()
    {
        if (!(Progress.Begin() > plan.Requests))
        {
            return true;
        }

        Progress.TakeBack();
        return false;
    }

    private async Task AskAsync(LoadTally tally, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        CommandFailure? fault;
        AtOnce.Enter();
        try
        {
            fault = await ReadAsync(tally, begun, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            fault = failure;
        }
        finally
        {
            AtOnce.Leave();
        }

        if (fault is null)
        {
            tally.Complete(time.GetElapsedTime(begun));
            Progress.Complete();
            return;
        }

        tally.Fail(fault);
        Progress.Fail();
        await PauseAsync(cancellationToken);
    }

    /// <returns>Null where the answer is whole, else why it is not.</returns>
    private async Task<CommandFailure?> ReadAsync(LoadTally tally, long begun, CancellationToken cancellationToken)
    {
        using var stream = await gateway.InferAsync(body, cancellationToken);
        long? last = null;
        await foreach (var next in stream.EventsAsync(cancellationToken))
        {
            switch (next.Kind)
            {
                case "token":
                    var now = time.GetTimestamp();
                    tally.Token(last is null ? time.GetElapsedTime(begun, now) : null, last is { } before ? time.GetElapsedTime(before, now) : null);
                    last = now;
                    Progress.Token();
                    break;
                case "done":
                    return null;
                case "error":
                    return ApiErrors.OfEvent(next.Data);
            }
        }

        return AnswerStream.Cut();
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(PauseAfterFailure, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The failure is counted already; the loop ends.
        }
    }
}
