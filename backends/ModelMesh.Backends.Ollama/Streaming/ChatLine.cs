using System.Text.Json;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>A line of a chat's answer: a chunk, an error, or something that could not be read.</summary>
internal readonly record struct ChatLine(ChatChunk Chunk, UpstreamError? Error = null, bool IsMalformed = false)
{
    /// <summary>Reads a line. Some servers frame an error that meets them in the stream as a server-sent event; that is understood, too.</summary>
    public static ChatLine Read(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("data:"u8))
        {
            line = line["data:"u8.Length..].TrimStart((byte)' ');
        }
        else if (line[0] == (byte)':' || line.StartsWith("event:"u8) || line.StartsWith("id:"u8) || line.StartsWith("retry:"u8))
        {
            return default;
        }

        if (line.IsEmpty || line.SequenceEqual("[DONE]"u8))
        {
            return default;
        }

        try
        {
            var chunk = ChatChunkReader.Read(line);
            return new(chunk, chunk.IsError ? UpstreamErrorReader.Read(line) ?? new UpstreamError(null) : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(default, IsMalformed: true);
        }
    }
}
