using System.Buffers;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI;

/// <summary>What all chunks of one stream have in common, made once: the bytes before and after a choice.</summary>
internal sealed class ChunkFrame
{
    private readonly bool _includeUsage;

    /// <param name="includeUsage">Whether the client wants a chunk with the usage; every other then says that it has none.</param>
    /// <inheritdoc cref="AnswerHead.Write" path="/param"/>
    public ChunkFrame(string kind, string type, AnswerContext context, string model, bool includeUsage)
    {
        _includeUsage = includeUsage;
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("data: "u8);
        using (var json = new Utf8JsonWriter(buffer, ReadableBytes.Options))
        {
            json.WriteStartObject();
            AnswerHead.Write(json, kind, type, context, model);
            json.WriteStartArray("choices"u8);
        }

        Head = buffer.WrittenSpan.ToArray();
        Tail = (includeUsage ? "],\"usage\":null}\n\n"u8 : "]}\n\n"u8).ToArray();
    }

    public byte[] Head { get; }

    public byte[] Tail { get; }

    /// <summary>One chunk with one choice.</summary>
    public void Write(AnswerOutput output, ReadOnlySpan<byte> choice)
    {
        output.Raw(Head);
        output.Raw(choice);
        output.Raw(Tail);
    }

    /// <summary>The last chunks of a complete answer: what is to be known of it as a whole, and the mark that it is complete.</summary>
    public void WriteEnd(AnswerOutput output, Completed completed)
    {
        if (_includeUsage || completed.SkippedChunks > 0)
        {
            output.Raw(Head);
            output.Raw("]"u8);
            output.Raw(AnswerTail(completed));
            output.Raw("}\n\n"u8);
        }

        output.Raw("data: [DONE]\n\n"u8);
    }

    private ReadOnlySpan<byte> AnswerTail(Completed completed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ReadableBytes.Options))
        {
            json.WriteStartObject();
            if (_includeUsage)
            {
                UsageJson.Write(json, completed.Usage ?? new Usage());
            }

            SkippedChunksJson.Write(json, completed.SkippedChunks);
            json.WriteEndObject();
        }

        // As further fields of the chunk: a comma in the place of the object's beginning, and its end left out.
        var fields = buffer.WrittenSpan[..^1].ToArray();
        fields[0] = (byte)',';
        return fields;
    }
}
