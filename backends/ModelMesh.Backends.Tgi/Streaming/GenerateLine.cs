using System.Text.Json;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>An event of a generation: one that says something, an error, or something that could not be read.</summary>
internal readonly record struct GenerateLine(GenerateEvent Event, UpstreamError? Error = null, bool IsMalformed = false)
{
    /// <summary>Reads an event's data, or a whole answer.</summary>
    public static GenerateLine Read(ReadOnlySpan<byte> data)
    {
        if (data.Trim(" \t\r\n"u8) is var trimmed && (trimmed.IsEmpty || trimmed.SequenceEqual("[DONE]"u8)))
        {
            return default;
        }

        try
        {
            var read = GenerateEventReader.Read(data);
            return new(read, read.IsError ? UpstreamErrorReader.Read(data) ?? new UpstreamError(null) : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(default, IsMalformed: true);
        }
    }
}
