using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Infer.Sse;

namespace ModelMesh.Gateway.Service;

/// <summary>A whole answer of the plain service API. The first choice is the answer; where several were asked for, all of them are in <c>choices</c>.</summary>
internal static class ServiceAnswerJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(AnswerContext context, WholeAnswer answer, Latency latency)
    {
        var buffer = new ArrayBufferWriter<byte>(answer.LikelyJsonBytes);
        using var json = new Utf8JsonWriter(buffer, Readable);
        json.WriteStartObject();
        json.WriteString("text"u8, answer.Choices[0].Text);
        json.WriteNumber("tokens"u8, answer.Usage.OutputTokens);
        json.WriteNumber("latency"u8, latency.Seconds);
        json.WritePropertyName("usage"u8);
        JsonSerializer.Serialize(json, UsageBody.From(answer.Usage), DoneJson.Default.UsageBody);
        json.WriteString("finish_reason"u8, answer.FinishReason(0));
        json.WriteString("model"u8, context.Accepted.Model);
        json.WriteString("version"u8, context.Accepted.Version);
        json.WriteNumber("revision"u8, context.Accepted.Revision);
        ServiceChoiceJson.WriteFields(json, answer.Choices[0], 0, context.RequestId);
        if (answer.Choices.Count > 1)
        {
            WriteChoices(json, answer, context.RequestId);
        }

        if (answer.Completed.SkippedChunks > 0)
        {
            json.WriteNumber("skipped_chunks"u8, answer.Completed.SkippedChunks);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteChoices(Utf8JsonWriter json, WholeAnswer answer, string requestId)
    {
        json.WriteStartArray("choices"u8);
        foreach (var (index, choice) in answer.Choices.Index())
        {
            json.WriteStartObject();
            json.WriteString("text"u8, choice.Text);
            json.WriteString("finish_reason"u8, answer.FinishReason(index));
            ServiceChoiceJson.WriteFields(json, choice, index, requestId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
