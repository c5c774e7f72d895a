namespace ModelMesh.Gateway.Answers;

/// <summary>
/// Has the format write its sign of life when nothing was sent for an interval. One timer a stream, not one a token: it ticks some times an interval and
/// writes only while the stream says that it waits. Who may write is one reference, swapped atomically: <see cref="Busy"/> (the stream),
/// <see cref="Waiting"/> (nobody), or the task of a tick that writes.
/// </summary>
internal sealed class KeepAlive : IDisposable
{
    private const int TicksPerInterval = 4;
    private static readonly object Busy = new();
    private static readonly object Waiting = new();
    private readonly IAnswerFormat _format;
    private readonly AnswerOutput _output;
    private readonly ITimer _timer;
    private object _turn = Busy;
    private int _idleTicks;

    public KeepAlive(IAnswerFormat format, AnswerOutput output, TimeSpan interval, TimeProvider time)
    {
        (_format, _output) = (format, output);
        var tick = interval / TicksPerInterval;
        _timer = time.CreateTimer(static state => _ = ((KeepAlive)state!).TickAsync(), this, tick, tick);
    }

    /// <summary>The stream has sent all it had and waits for more.</summary>
    public void Wait()
    {
        Volatile.Write(ref _idleTicks, 0);
        Volatile.Write(ref _turn, Waiting);
    }

    /// <summary>The stream goes on. Once this has completed no comment is being written and none will be before the next wait.</summary>
    public ValueTask ResumeAsync() => Interlocked.CompareExchange(ref _turn, Busy, Waiting) is TaskCompletionSource writing ? new(ResumeAfterAsync(writing)) : default;

    public void Dispose() => _timer.Dispose();

    private async Task ResumeAfterAsync(TaskCompletionSource? writing)
    {
        while (writing is not null)
        {
            await writing.Task;
            writing = Interlocked.CompareExchange(ref _turn, Busy, Waiting) as TaskCompletionSource;
        }
    }

    private async Task TickAsync()
    {
        if (!ReferenceEquals(Volatile.Read(ref _turn), Waiting) || Interlocked.Increment(ref _idleTicks) < TicksPerInterval)
        {
            return;
        }

        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _turn, written, Waiting), Waiting))
        {
            return;
        }

        try
        {
            _format.KeepAlive();
            await _output.FlushAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            // The connection has gone; the stream hears of it by its own token.
        }
        finally
        {
            Volatile.Write(ref _idleTicks, 0);
            Volatile.Write(ref _turn, Waiting);
            written.SetResult();
        }
    }
}
