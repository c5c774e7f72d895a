using System.Buffers;

namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>
/// One connection to a store. Commands of many threads follow each other without waiting for answers, which come in the same order. Whoever finds no
/// send under way sends what has gathered, on its own thread; who comes meanwhile only adds to it. Where many wait for answers it is the pool that sends, when it comes to it, so that
/// more gathers. It breaks once and for ever: then every call that waits, and every later one, fails at once with an <see cref="IOException"/>. It has no time-outs: callers do. Thread-safe.
/// </summary>
internal sealed class RespConnection : IThreadPoolWorkItem, IDisposable
{
    private const int MostSentAtOnce = 4;

    private readonly Stream _stream;
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<StoreReply>> _waiting = new();
    private readonly TaskCompletionSource<Exception> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte> _gathered = new();
    private ArrayBufferWriter<byte> _sent = new();
    private Exception? _reason;
    private bool _isSending;

    /// <param name="stream">Is disposed with it.</param>
    public RespConnection(Stream stream)
    {
        _stream = stream;
        _ = ReceiveAsync();
    }

    /// <summary>Completes with the reason when it is broken or disposed.</summary>
    public Task<Exception> Broken => _broken.Task;

    public bool IsBroken => _broken.Task.IsCompleted;

    /// <returns>The answer, an error also; it is completed on a thread that may be kept.</returns>
    public Task<StoreReply> CallAsync<TCommand>(TCommand command)
        where TCommand : struct, IRespCommand
    {
        var call = new TaskCompletionSource<StoreReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool many;
        lock (_lock)
        {
            if (_reason is { } reason)
            {
                return Task.FromException<StoreReply>(Lost(reason));
            }

            command.WriteTo(_gathered);
            _waiting.Enqueue(call);
            if (_isSending)
            {
                return call.Task;
            }

            _isSending = true;
            many = _waiting.Count > MostSentAtOnce;
        }

        if (many)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            _ = SendAsync();
        }

        return call.Task;
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    public void Dispose() => Break(new ObjectDisposedException(nameof(RespConnection), "The connection was closed by this side."));

    private async Task SendAsync()
    {
        try
        {
            while (TakeGathered() is { IsEmpty: false } bytes)
            {
                await _stream.WriteAsync(bytes).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // Whatever it was, part of a command may be sent.
            Break(exception);
        }
    }

    private ReadOnlyMemory<byte> TakeGathered()
    {
        lock (_lock)
        {
            _isSending = _reason is null && _gathered.WrittenCount > 0;
            if (!_isSending)
            {
                return default;
            }

            (_gathered, _sent) = (_sent, _gathered);
            _gathered.ResetWrittenCount();
            return _sent.WrittenMemory;
        }
    }

    private async Task ReceiveAsync()
    {
        var (buffer, frames) = (new RespBuffer(), new RespFrames());
        try
        {
            while (true)
            {
                var count = await _stream.ReadAsync(buffer.Free()).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new EndOfStreamException("The store closed the connection.");
                }

                buffer.Received(count);
                while (frames.TryFindEnd(buffer.Unread, out var length))
                {
                    var reply = RespParser.Parse(buffer.Unread[..length]);
                    NextWaiting().TrySetResult(reply);
                    buffer.Read(length);
                }
            }
        }
        catch (Exception exception)
        {
            // Whatever it was, nobody would read another answer.
            Break(exception);
        }
    }

    private TaskCompletionSource<StoreReply> NextWaiting()
    {
        lock (_lock)
        {
            return _waiting.TryDequeue(out var call) ? call : throw new RespProtocolException("The store answers what it was not asked.");
        }
    }

    private void Break(Exception reason)
    {
        TaskCompletionSource<StoreReply>[] lost;
        lock (_lock)
        {
            if (_reason is not null)
            {
                return;
            }

            _reason = reason;
            lost = [.. _waiting];
            _waiting.Clear();
        }

        _stream.Dispose();
        _broken.TrySetResult(reason);
        foreach (var call in lost)
        {
            call.TrySetException(Lost(reason));
        }
    }

    private static IOException Lost(Exception reason) => new($"The connection to the store is broken: {reason.Message}", reason);
}
