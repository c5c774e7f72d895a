using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>
/// Reads a chunk of a stream, or a whole answer, whose choices have a <c>message</c> where a chunk's have a <c>delta</c>. Makes nothing but the update: no
/// text of the ids and names that every chunk repeats.
/// </summary>
internal static class ChunkReader
{
    /// <summary>Reads an event's data. Never throws.</summary>
    public static ChatChunk Parse(string eventType, ReadOnlySpan<byte> data) => Parse(eventType, data, reused: null);

    /// <inheritdoc cref="Parse(string, ReadOnlySpan{byte})"/>
    /// <param name="reused">What a stream has for its plain texts; null where every update is to be its own.</param>
    public static ChatChunk Parse(string eventType, ReadOnlySpan<byte> data, ReusedUpdate? reused)
    {
        data = data.Trim(" \t\r\n"u8);
        if (data.SequenceEqual("[DONE]"u8))
        {
            return ChatChunk.End;
        }

        if (eventType == "error")
        {
            return ChatChunk.Failure(UpstreamErrorReader.Read(data) ?? new UpstreamError(Message: null));
        }

        try
        {
            // An event without data is a heartbeat.
            return Read(data.IsEmpty ? "{}"u8 : data, reused);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException is a string that is no UTF-8, or a value of another type than it should be.
            return ChatChunk.Malformed;
        }
    }

    private static ChatChunk Read(ReadOnlySpan<byte> data, ReusedUpdate? reused)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return ChatChunk.Malformed;
        }

        BackendUpdate? update = null;
        List<BackendUpdate>? more = null;
        UsageDetails? usage = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                reader.Read();
                ReadChoices(ref reader, reused, ref update, ref more);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                usage = JsonSerializer.Deserialize(ref reader, OpenAIWireJson.Default.WireUsage)?.ToDetails();
            }
            else if (IsError(ref reader))
            {
                return UpstreamErrorReader.Read(data) is { } error ? ChatChunk.Failure(error) : ChatChunk.Malformed;
            }
            else
            {
                reader.Skip();
            }
        }

        // Only this finds what stands after the object.
        reader.Read();
        return ChatChunk.Of(update, more, usage);
    }

    // {"error":…} or {"object":"error",…}. On false the reader stands where Skip passes over the value.
    private static bool IsError(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            return reader.TokenType != JsonTokenType.Null;
        }

        if (reader.ValueTextEquals("object"u8))
        {
            reader.Read();
            return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8);
        }

        return false;
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ReusedUpdate? reused, ref BackendUpdate? update, ref List<BackendUpdate>? more)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        Expect(ref reader, JsonTokenType.StartArray);
        for (var position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
        {
            // There is one of it, and a chunk may hold several updates.
            if (ChoiceReader.Read(ref reader, position, update is null ? reused : null) is not { } read)
            {
                continue;
            }

            if (update is null)
            {
                update = read;
            }
            else
            {
                (more ??= []).Add(read);
            }
        }
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{reader.TokenType} in place of {type}.");
        }
    }
}
