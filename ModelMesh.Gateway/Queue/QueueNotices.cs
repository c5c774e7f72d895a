using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Gateway.Queue;

/// <summary>
/// Tells a client that wants an event stream its place while its request waits for a slot, in comments, which every such client skips. Until it has waited for
/// <see cref="AnswerOptions.QueueNotice"/> nothing is sent, so that a failure is a plain HTTP error. From then on until <see cref="EndAsync"/>:
/// 1. the place has changed → a comment;
/// 2. nothing was sent for <see cref="AnswerOptions.KeepAlive"/> → the place again;
/// 3. it waits no more, but its first token is not there → a comment that says nothing, as often.
/// </summary>
/// <param name="start">Sets the response's status and headers.</param>
/// <param name="ended">Fires when the client has gone or the gateway must end its streams.</param>
internal sealed class QueueNotices(AnswerOutput output, Action start, AnswerOptions options, TimeProvider time, CancellationToken ended) : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(ended);
    private readonly WakeSignal _changed = new(time);
    private readonly Lock _lock = new();
    private volatile Queued _place = new();
    private Task? _sending;

    /// <summary>Takes the newest place; 0 once it waits no more. Never waits for the client.</summary>
    public Task TellAsync(Queued place)
    {
        _place = place;
        lock (_lock)
        {
            _sending ??= SendAsync();
        }

        _changed.Set();
        return Task.CompletedTask;
    }

    /// <summary>Once this has completed nothing is being written here, and nothing will be.</summary>
    public async ValueTask EndAsync()
    {
        Task? sending;
        lock (_lock)
        {
            _sending ??= Task.CompletedTask;
            sending = _sending;
        }

        if (!sending.IsCompleted)
        {
            await _over.CancelAsync();
            await sending;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _over.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            await Task.Delay(options.QueueNotice, time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            while (_place.Position == 0)
            {
                await _changed.WaitAsync(Timeout.InfiniteTimeSpan, _over.Token);
            }

            start();
            while (true)
            {
                var told = _place;
                output.Raw(Comment(told));
                await output.FlushAsync(ended);
                await SomethingToTellAsync(told);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // It is over; whoever ended it goes on from here.
        }
        catch (ConnectionAbortedException)
        {
            // The client has gone; the request hears of it by its own token.
        }
    }

    private async Task SomethingToTellAsync(Queued told)
    {
        var sentAt = time.GetTimestamp();
        TimeSpan left;
        while ((_place.Position == 0 || _place.Position == told.Position) && (left = options.KeepAlive - time.GetElapsedTime(sentAt)) > TimeSpan.Zero)
        {
            await _changed.WaitAsync(left, _over.Token);
        }
    }

    private static byte[] Comment(Queued place) => Encoding.ASCII.GetBytes(place switch
    {
        { Position: 0 } => ": keep-alive\n\n",
        { ExpectedWaitMs: 0 } => string.Create(CultureInfo.InvariantCulture, $": queued position={place.Position}\n\n"),
        _ => string.Create(CultureInfo.InvariantCulture, $": queued position={place.Position} expected_wait_ms={place.ExpectedWaitMs}\n\n"),
    });
}
