using System.Buffers.Binary;
using Google.Protobuf;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Cache;

/// <summary>
/// The events of an answer as bytes, each with its length before it. Only added to: what lies before <see cref="End"/> never changes, and is collected as soon as
/// nobody holds a place before it. Not thread-safe.
/// </summary>
internal sealed class AnswerLog
{
    private const int Smallest = 1024;
    private const int Largest = 64 * 1024;
    private LogChunk _last = new(Smallest);

    /// <summary>Where its next event will be.</summary>
    public LogPosition End => new(_last, _last.Written);

    /// <returns>How much longer it has become.</returns>
    public int Add(InferEvent item)
    {
        var size = item.CalculateSize();
        var whole = size + LogPosition.Head;
        if (_last.Bytes.Length - _last.Written < whole)
        {
            _last = _last.Next = new LogChunk(Math.Max(whole, Math.Min(_last.Bytes.Length * 2, Largest)));
        }

        var room = _last.Bytes.AsSpan(_last.Written, whole);
        BinaryPrimitives.WriteInt32LittleEndian(room, size);
        item.WriteTo(room[LogPosition.Head..]);
        _last.Written += whole;
        return whole;
    }
}
