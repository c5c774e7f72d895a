using BenchmarkDotNet.Attributes;
using Google.Protobuf;

namespace ModelMesh.Bench.Micro;

/// <summary>Messages made bytes and bytes made messages. Beside it, the bytes copied.</summary>
[MemoryDiagnoser]
public class ProtoBenchmarks
{
    private IMessage _message = null!;
    private MessageParser _parser = null!;
    private byte[] _bytes = null!;
    private byte[] _buffer = null!;

    [ParamsAllValues]
    public WireMessage Message { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _message = WireMessages.Of(Message);
        _parser = _message.Descriptor.Parser;
        _bytes = _message.ToByteArray();
        _buffer = new byte[_bytes.Length];
    }

    [Benchmark(Baseline = true)]
    public void Copy() => _bytes.CopyTo(_buffer, 0);

    [Benchmark]
    public int Serialize()
    {
        var size = _message.CalculateSize();
        _message.WriteTo(_buffer.AsSpan(0, size));
        return size;
    }

    [Benchmark]
    public object Parse() => _parser.ParseFrom(_bytes);
}
