using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelMesh.Gateway.Answers;

/// <summary>How answers write JSON.</summary>
internal static class ReadableBytes
{
    /// <summary>An answer is JSON or an event stream and says so, never a page: letters and quotes may stay what they are.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        write(json);
        json.Flush();
        return buffer.WrittenMemory;
    }
}
