using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Cache.Flights;

/// <summary>An answer that several requests share, as one of them reads it. Not thread-safe; disposing it leaves the others theirs.</summary>
internal sealed class SharedStream(SharedAnswer answer, InferEvent first, LogPosition next, long taken) : IAnswerStream
{
    public Accepted Accepted => answer.Accepted;

    public TimeSpan BackendWait => answer.BackendWait;

    public InferEvent Current { get; private set; } = first;

    public SharedAnswer Answer => answer;

    /// <summary>Whether the reader met the end of an answer that is not complete. Nothing that it throws before is the answer's fault.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How many bytes of the answer it has taken. Guarded by the answer's lock, as is all that the answer moves.</summary>
    public long Taken { get; private set; } = taken;

    /// <summary>It fell too far behind the others.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Nobody reads it any more.</summary>
    public bool HasLeft { get; private set; }

    public LogPosition Next { get; private set; } = next;

    public Task<bool> MoveNextAsync() => answer.MoveNextAsync(this);

    public MeshException Explain(RpcException exception) => answer.Explain(exception);

    public MeshException Incomplete() => answer.Incomplete();

    public void Dispose() => answer.Leave(this);

    /// <summary>Moves to what others have read before; false where that is all read.</summary>
    public bool TryMove()
    {
        if (!Next.TryRead(out var item, out var after))
        {
            return false;
        }

        MoveTo(InferEvent.Parser.ParseFrom(item.Array, item.Offset, item.Count), after, item.Count + LogPosition.Head);
        return true;
    }

    public void MoveTo(InferEvent item, LogPosition after, long bytes)
    {
        Current = item;
        Next = after;
        Taken += bytes;
    }

    public void Fail() => HasFailed = true;

    /// <summary>What it has not read need not be kept for it.</summary>
    public void Cut() => (IsCut, Next) = (true, default);

    public void Leave() => (HasLeft, Next) = (true, default);
}
