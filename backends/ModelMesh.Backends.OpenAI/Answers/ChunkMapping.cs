using System.ClientModel.Primitives;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using OpenAI;
using OpenAI.Chat;

namespace ModelMesh.Backends.OpenAI.Answers;

/// <summary>
/// Reads a stream's events by the SDK's type for chunks. What that type has no place for, the wire library reads: errors, several choices in one chunk, and
/// chunks that it refuses though nothing is amiss but a finish reason or a role that OpenAI itself does not send.
/// </summary>
internal static class ChunkMapping
{
    /// <summary>Reads an event's data. Never throws.</summary>
    public static ChatChunk Parse(string eventType, ReadOnlySpan<byte> data) =>
        MayBeOrdinary(eventType, data) && Read(data) is { } update && !HasSeveralChoices(update, data) && UpdateMapping.Map(update, data) is var chunk && Holds(chunk)
            ? chunk
            : ChunkReader.Parse(eventType, data);

    // The SDK's type passes over some values of a wrong kind, so a chunk that it finds nothing in is looked at again.
    private static bool Holds(ChatChunk chunk) => chunk.Update is not null || chunk.Usage is not null;

    // Within a text these names' quotes are escaped, so no text looks like one.
    private static bool MayBeOrdinary(string eventType, ReadOnlySpan<byte> data) =>
        eventType != "error" && data.IndexOf("\"error\""u8) < 0 && data.IndexOf("\"message\""u8) < 0 && data.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    private static bool HasSeveralChoices(StreamingChatCompletionUpdate update, ReadOnlySpan<byte> data) =>
        ChunkScan.MayHaveSecondElement(data) && update.Patch.TryGetJson("$.choices[1]"u8, out _);

    private static StreamingChatCompletionUpdate? Read(ReadOnlySpan<byte> data)
    {
        try
        {
            // The update keeps its JSON, so it gets a copy of its own.
            return ModelReaderWriter.Read<StreamingChatCompletionUpdate>(BinaryData.FromBytes(data.ToArray()), ModelReaderWriterOptions.Json, OpenAIContext.Default);
        }
        catch (Exception exception) when (SdkJson.Refuses(exception))
        {
            return null;
        }
    }
}
