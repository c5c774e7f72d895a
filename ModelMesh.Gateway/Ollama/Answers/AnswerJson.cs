using System.Buffers;
using System.Text.Json;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Infer.Sse;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>An object of an answer: a line of a stream that is more than a piece of text, its last line, or the whole answer.</summary>
internal static class AnswerJson
{
    /// <param name="model">As the client named it.</param>
    /// <param name="ending">Null where the answer goes on.</param>
    public static ReadOnlyMemory<byte> Write(string model, DateTimeOffset at, PieceForm form, Piece piece, Ending? ending)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, ReadableBytes.Options);
        Span<byte> created = stackalloc byte[Timestamp.Length];
        Timestamp.Write(at, created);
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        json.WriteString("created_at"u8, created);
        form.Write(json, piece);
        json.WriteBoolean("done"u8, ending is not null);
        if (ending is not null)
        {
            WriteEnding(json, ending);
        }

        if (piece.Logprobs.Count > 0)
        {
            DeltaJson.WriteLogprobs(json, "logprobs"u8, piece.Logprobs);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteEnding(Utf8JsonWriter json, Ending ending)
    {
        json.WriteString("done_reason"u8, ending.Reason);
        if (ending.Usage is not { } usage)
        {
            return;
        }

        json.WriteNumber("total_duration"u8, Nanoseconds.Of(ending.Times.Total));
        json.WriteNumber("load_duration"u8, Nanoseconds.Of(ending.Times.Load));
        json.WriteNumber("prompt_eval_count"u8, usage.InputTokens);
        json.WriteNumber("prompt_eval_duration"u8, Nanoseconds.Of(ending.Times.PromptEval));
        json.WriteNumber("eval_count"u8, usage.OutputTokens);
        json.WriteNumber("eval_duration"u8, Nanoseconds.Of(ending.Times.Eval));
        if (ending.SkippedChunks > 0)
        {
            json.WriteNumber("skipped_chunks"u8, ending.SkippedChunks);
        }
    }
}
