using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry.Wire;

/// <summary>The request of an <c>Infer</c> call as HTTP/2 has it.</summary>
internal static class InferMessage
{
    private const int Header = 5;
    private static readonly MediaTypeHeaderValue Grpc = new("application/grpc");

    public static HttpRequestMessage Of(Uri address, InferRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new Body(request),
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return message;
    }

    private sealed class Body : HttpContent
    {
        private readonly InferRequest _request;
        private readonly int _size;

        public Body(InferRequest request)
        {
            (_request, _size) = (request, request.CalculateSize());
            Headers.ContentType = Grpc;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = ArrayPool<byte>.Shared.Rent(Header + _size);
            try
            {
                bytes[0] = 0;
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), _size);
                _request.WriteTo(bytes.AsSpan(Header, _size));
                await stream.WriteAsync(bytes.AsMemory(0, Header + _size));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Header + _size;
            return true;
        }
    }
}
