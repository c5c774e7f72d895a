using System.Diagnostics;
using System.Net;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>Sends a workload to a target.</summary>
internal sealed class LoadRun : IDisposable
{
    private readonly Workload _workload;
    private readonly TimeSpan _patience;
    private readonly ChatRequest _request;
    private readonly LoadConnections _connections;
    private readonly LoadConnections? _own;

    /// <param name="connections">Where others have sent before; null for its own.</param>
    public LoadRun(Target target, Workload workload, LoadConnections? connections = null)
    {
        _workload = workload;
        _patience = Patience.For(workload);
        _request = new ChatRequest(target, workload);
        _connections = connections ?? (_own = new LoadConnections());
    }

    /// <summary>Sends all of it and waits for the last answer. What fails is in the record; nothing is sent twice.</summary>
    public async Task RunAsync(RunRecord record, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        switch (_workload.Arrivals)
        {
            case Arrivals.Clients clients:
                var end = PreciseClock.After(start, clients.Time);
                await Task.WhenAll(Enumerable.Range(0, clients.Count).Select(_ => Task.Run(() => LoopAsync(record, end, cancellationToken), CancellationToken.None)));
                break;
            case Arrivals.Rate rate:
                await ScheduleAsync(record, start, (int)(rate.PerSecond * rate.Time.TotalSeconds), rate.Time, cancellationToken);
                break;
            case Arrivals.Once once:
                await ScheduleAsync(record, start, once.Count, once.Ramp, cancellationToken);
                break;
        }
    }

    public void Dispose() => _own?.Dispose();

    private async Task LoopAsync(RunRecord record, long end, CancellationToken cancellationToken)
    {
        while (Stopwatch.GetTimestamp() is var now && now < end && !cancellationToken.IsCancellationRequested)
        {
            await SendAsync(record, now, cancellationToken);
        }
    }

    // A thread of its own keeps the time, whatever the others do.
    private async Task ScheduleAsync(RunRecord record, long start, int count, TimeSpan time, CancellationToken cancellationToken)
    {
        var requests = new Task[count];
        await Task.Factory.StartNew(
            () =>
            {
                for (var index = 0; index < count; index++)
                {
                    var due = PreciseClock.After(start, time * index / count);
                    PreciseClock.WaitUntil(due);
                    requests[index] = cancellationToken.IsCancellationRequested ? Task.CompletedTask : Task.Run(() => SendAsync(record, due, cancellationToken), CancellationToken.None);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await Task.WhenAll(requests);
    }

    private async Task SendAsync(RunRecord record, long due, CancellationToken cancellationToken)
    {
        record.Sent();
        using var patience = new Patience(_patience, TimeProvider.System, cancellationToken);
        try
        {
            using var message = _request.ToMessage();
            using var response = await _connections.SendAsync(message, patience.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new AnswerFault($"status {(int)response.StatusCode}");
            }

            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            await (_workload.Stream ? new StreamedReading(_workload, record, due).RunAsync(body, patience) : WholeReading.RunAsync(_workload.Plan, record, due, body, patience.Token));
        }
        catch (AnswerFault fault)
        {
            record.Failed(fault.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run was ended; what it had not got is not the contender's fault.
        }
        catch (OperationCanceledException)
        {
            record.Failed($"nothing new for {_patience.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            record.Failed((exception.InnerException ?? exception).GetType().Name);
        }
    }
}
