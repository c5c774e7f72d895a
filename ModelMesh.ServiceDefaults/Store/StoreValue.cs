using System.Buffers;
using ModelMesh.ServiceDefaults.Store.Resp;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>One of a script's values: a text or a whole number.</summary>
public readonly record struct StoreValue
{
    private readonly string? _text;
    private readonly long _number;

    private StoreValue(string? text, long number) => (_text, _number) = (text, number);

    public static implicit operator StoreValue(string text) => new(text, 0);

    public static implicit operator StoreValue(long number) => new(null, number);

    internal RedisValue ToRedis() => _text is null ? _number : _text;

    internal void WriteTo(IBufferWriter<byte> buffer)
    {
        if (_text is null)
        {
            RespWriter.Word(buffer, _number);
        }
        else
        {
            RespWriter.Word(buffer, _text);
        }
    }
}
