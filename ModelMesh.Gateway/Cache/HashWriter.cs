using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ModelMesh.Gateway.Cache;

/// <summary>Hashes what is written, so that a request with images is not copied for it. Not thread-safe.</summary>
internal sealed class HashWriter : IBufferWriter<byte>, IDisposable
{
    private const int Block = 4096;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[Block];

    public void Append(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text));

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Advance(int count) => _hash.AppendData(_buffer, 0, count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length < sizeHint)
        {
            _buffer = new byte[sizeHint];
        }

        return _buffer;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => _hash.Dispose();
}
