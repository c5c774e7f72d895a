using Grpc.Core;
using Microsoft.Extensions.Primitives;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Cache.Flights;

/// <summary>
/// One answer from a registry for all who read it. Each reads at its own pace; who has read all that came asks for more, so that the answer is made as fast as the
/// fastest takes it, and is held back when nobody takes it.
/// 1. What came is written down, until it is more than may be kept.
/// 2. From then on nobody may begin to read. It is written down only for those who are behind, each by as much as may be kept; one that falls back further is cut off.
/// 3. A lone reader who asked for an event has it, so nothing is written down for it.
/// Thread-safe; a reader is used by one request at a time.
/// </summary>
internal sealed class SharedAnswer
{
    private static readonly Task<bool> Moved = Task.FromResult(true);
    private static readonly Task<bool> AtEnd = Task.FromResult(false);
    private readonly Lock _lock = new();
    private readonly IAnswerStream _source;
    private readonly long _maxBytes;
    private readonly List<SharedStream> _readers = [];
    private readonly AnswerLog _log = new();
    private readonly InferEvent _first;
    private readonly long _firstBytes;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogPosition? _start;
    private LogPosition _afterFirst;
    private long _bytes;
    private bool _asking;
    private TaskCompletionSource? _asked;
    private bool _ended;
    private bool _isLeft;
    private Exception? _fault;
    private MeshException? _explained;

    /// <param name="source">Stands on its first tokens. It stays its owner's, who keeps it until <see cref="Over"/>.</param>
    /// <param name="headers">What the stages on the way to it told.</param>
    public SharedAnswer(IAnswerStream source, IEnumerable<KeyValuePair<string, StringValues>> headers, int maxBytes)
    {
        (_source, _maxBytes, _first) = (source, maxBytes, source.Current);
        (Accepted, BackendWait, Headers) = (source.Accepted, source.BackendWait, [.. headers]);
        _start = _log.End;
        _bytes = _firstBytes = _log.Add(new InferEvent { Accepted = Accepted }) + _log.Add(_first);
        _afterFirst = _log.End;
        Completed = _first.Completed;
        if (Completed is not null)
        {
            _ended = true;
            _over.SetResult();
        }
    }

    public Accepted Accepted { get; }

    public TimeSpan BackendWait { get; }

    public IReadOnlyList<KeyValuePair<string, StringValues>> Headers { get; }

    /// <summary>Its last event, once it is complete.</summary>
    public Completed? Completed { get; private set; }

    /// <summary>It is complete, or broke and nobody wants another for it.</summary>
    public bool EndsTheCall
    {
        get
        {
            lock (_lock)
            {
                return (_ended || _fault is not null) && !_over.Task.IsFaulted;
            }
        }
    }

    /// <summary>Nothing is asked of the source any more. Fails with what a reader wants the source's owner to know, which may get another answer for it.</summary>
    public Task Over => _over.Task;

    /// <summary>One more reader, from the beginning; null where that is not there any more, the answer broke, or its last reader left it.</summary>
    public SharedStream? TryRead()
    {
        lock (_lock)
        {
            if (_start is null || _isLeft || _fault is not null || (_ended && Completed is null))
            {
                return null;
            }

            var reader = new SharedStream(this, _first, _afterFirst, _firstBytes);
            _readers.Add(reader);
            return reader;
        }
    }

    public Task<bool> MoveNextAsync(SharedStream reader)
    {
        lock (_lock)
        {
            if (reader.HasLeft || reader.IsCut)
            {
                throw reader.HasLeft ? new OperationCanceledException() : TooSlow();
            }

            if (reader.TryMove())
            {
                return Moved;
            }

            if (_ended || _fault is not null)
            {
                reader.Fail();
                return _fault is null ? AtEnd : Task.FromException<bool>(_fault);
            }

            if (_asking)
            {
                return AgainAsync(reader, (_asked ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
            }

            _asking = true;
        }

        var move = _source.MoveNextAsync();
        return move.IsCompletedSuccessfully ? Took(reader, move.GetAwaiter().GetResult()) : AskAsync(reader, move);
    }

    public MeshException Explain(RpcException exception)
    {
        lock (_lock)
        {
            return _explained ??= _source.Explain(exception);
        }
    }

    public MeshException Incomplete() => _source.Incomplete();

    /// <summary>A reader could not use what it got, and may use another answer.</summary>
    public void FailedFor(Exception failure) => _over.TrySetException(failure);

    public void Leave(SharedStream reader)
    {
        lock (_lock)
        {
            reader.Leave();
            _readers.Remove(reader);
            if (_readers.Count > 0)
            {
                return;
            }

            // Who was told of a failure and is content with that has ended; anybody else has gone before the end.
            _isLeft = _fault is null && !_ended;
        }

        _ = _isLeft ? _over.TrySetCanceled() : _over.TrySetResult();
    }

    /// <summary>All of it, from <c>accepted</c> to <c>completed</c>; null where it was more than may be kept.</summary>
    public byte[]? ToBytes()
    {
        lock (_lock)
        {
            return _start is { } start && _bytes <= _maxBytes ? start.ToBytes((int)_bytes) : null;
        }
    }

    private async Task<bool> AgainAsync(SharedStream reader, Task asked)
    {
        await asked;
        return await MoveNextAsync(reader);
    }

    private async Task<bool> AskAsync(SharedStream reader, Task<bool> move)
    {
        bool moved;
        try
        {
            moved = await move;
        }
        catch (Exception exception)
        {
            TaskCompletionSource? asked;
            lock (_lock)
            {
                _fault = exception;
                asked = Answered();
                reader.Fail();
            }

            asked?.SetResult();
            throw;
        }

        return await Took(reader, moved);
    }

    private Task<bool> Took(SharedStream reader, bool moved)
    {
        TaskCompletionSource? asked;
        lock (_lock)
        {
            if (moved)
            {
                var item = _source.Current;
                var size = Write(item, reader);
                reader.MoveTo(item, _log.End, size);
                Completed = item.Completed;
            }
            else
            {
                reader.Fail();
            }

            _ended = !moved || Completed is not null;
            asked = Answered();
        }

        asked?.SetResult();
        if (Completed is not null)
        {
            _over.TrySetResult();
        }

        return moved ? Moved : AtEnd;
    }

    private TaskCompletionSource? Answered()
    {
        var asked = _asked;
        (_asking, _asked) = (false, null);
        return asked;
    }

    private long Write(InferEvent item, SharedStream? asker)
    {
        // 3
        if (_start is null && _readers is [var alone] && ReferenceEquals(alone, asker))
        {
            return 0;
        }

        // 1
        var size = _log.Add(item);
        _bytes += size;
        if (_bytes <= _maxBytes)
        {
            return size;
        }

        // 2
        _start = null;
        _afterFirst = default;
        foreach (var reader in _readers)
        {
            if (_bytes - reader.Taken > _maxBytes && !ReferenceEquals(reader, asker))
            {
                reader.Cut();
            }
        }

        return size;
    }

    private static MeshException TooSlow() =>
        new(ErrorCode.Timeout, "The answer was shared with other requests that are exactly the same, and was taken too slowly to keep up with them.");
}
