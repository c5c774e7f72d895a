using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelMesh.Gateway.OpenAI.Responses;

internal static class AnswerJson
{
    // The answer is JSON or an event stream and says so, never a page: letters and quotes may stay what they are.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Readable);
        write(json);
        json.Flush();
        return buffer.WrittenMemory;
    }
}
