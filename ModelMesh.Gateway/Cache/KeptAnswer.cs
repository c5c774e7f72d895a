using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Cache;

/// <summary>
/// A kept answer on its way to one more client: an <see cref="AnswerLog"/> of which the first event is <c>accepted</c> and the last <c>completed</c>. Nothing is waited for,
/// so its tokens travel together. Not thread-safe.
/// </summary>
internal sealed class KeptAnswer : IAnswerStream
{
    private const string Server = "cache";
    private static readonly Task<bool> Moved = Task.FromResult(true);
    private static readonly Task<bool> AtEnd = Task.FromResult(false);
    private LogPosition _next;

    private KeptAnswer(Accepted accepted, InferEvent first, LogPosition next) => (Accepted, Current, _next) = (accepted, first, next);

    public Accepted Accepted { get; }

    /// <summary>Zero: no backend was asked.</summary>
    public TimeSpan BackendWait => TimeSpan.Zero;

    public InferEvent Current { get; private set; }

    /// <summary>Null where the bytes are no such answer.</summary>
    public static KeptAnswer? TryOpen(byte[] bytes)
    {
        try
        {
            if (!IsWhole(bytes))
            {
                return null;
            }

            var start = new LogPosition(new LogChunk(bytes) { Written = bytes.Length }, 0);
            if (Next(ref start) is not { Accepted: { } accepted } || Next(ref start) is not { } first)
            {
                return null;
            }

            accepted.Instance = Server;
            return new KeptAnswer(accepted, first, start);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    public Task<bool> MoveNextAsync()
    {
        if (Next(ref _next) is not { } item)
        {
            return AtEnd;
        }

        Current = item;
        return Moved;
    }

    public MeshException Explain(RpcException exception) => new(ErrorCode.Internal, innerException: exception);

    public MeshException Incomplete() => new(ErrorCode.Internal, "The kept answer is not complete.");

    public void Dispose()
    {
    }

    private static InferEvent? Next(ref LogPosition position) =>
        position.TryRead(out var item, out position) ? InferEvent.Parser.ParseFrom(item.Array, item.Offset, item.Count) : null;

    // A client must not learn in the midst of an answer that it cannot be read: lengths and the end are looked at before.
    private static bool IsWhole(byte[] bytes)
    {
        var (offset, last) = (0, 0);
        while (offset < bytes.Length)
        {
            last = offset;
            var size = bytes.Length - offset < LogPosition.Head ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
            if (size < 0 || size > bytes.Length - offset - LogPosition.Head)
            {
                return false;
            }

            offset += LogPosition.Head + size;
        }

        return bytes.Length > 0 && InferEvent.Parser.ParseFrom(bytes, last + LogPosition.Head, bytes.Length - last - LogPosition.Head).Completed is not null;
    }
}
