using Google.Protobuf;
using Grpc.Core;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Bench.Micro;

/// <summary>Makes each message the bytes that gRPC would send, and forgets them.</summary>
internal sealed class SerializingWriter : IServerStreamWriter<InferEvent>
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public long Bytes { get; private set; }

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(InferEvent message)
    {
        var size = message.CalculateSize();
        message.WriteTo(_buffer.AsSpan(0, size));
        Bytes += size;
        return Task.CompletedTask;
    }
}
