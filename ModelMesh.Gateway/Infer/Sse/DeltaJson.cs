using System.Buffers;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Infer.Sse;

/// <summary>
/// A delta that is more than text, as the data of <c>event: token</c>: <c>token</c> as ever, then only what there is: <c>choice</c>, <c>reasoning</c>,
/// <c>refusal</c>, <c>tool_calls</c>, <c>logprobs</c>.
/// </summary>
internal static class DeltaJson
{
    public static ReadOnlySpan<byte> Write(Delta delta)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, ReadableBytes.Options);
        json.WriteStartObject();
        json.WriteString("token"u8, delta.Text);
        if (delta.Choice != 0)
        {
            json.WriteNumber("choice"u8, delta.Choice);
        }

        if (delta.Reasoning.Length > 0)
        {
            json.WriteString("reasoning"u8, delta.Reasoning);
        }

        if (delta.Refusal.Length > 0)
        {
            json.WriteString("refusal"u8, delta.Refusal);
        }

        if (delta.ToolCall is { } call)
        {
            WriteToolCall(json, call);
        }

        if (delta.Logprobs.Count > 0)
        {
            WriteLogprobs(json, "logprobs"u8, delta.Logprobs);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    public static void WriteLogprobs(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<TokenLogprob> tokens)
    {
        json.WriteStartArray(name);
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("token"u8, token.Token);
            json.WriteNumber("logprob"u8, double.IsFinite(token.Logprob) ? token.Logprob : double.MinValue);
            if (token.HasBytes)
            {
                json.WriteStartArray("bytes"u8);
                foreach (var value in token.Bytes.Span)
                {
                    json.WriteNumberValue(value);
                }

                json.WriteEndArray();
            }

            if (token.Top.Count > 0)
            {
                WriteLogprobs(json, "top_logprobs"u8, token.Top);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteToolCall(Utf8JsonWriter json, ToolCallDelta call)
    {
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, call.Index);
        if (call.Id.Length > 0)
        {
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
        }

        json.WriteStartObject("function"u8);
        if (call.Name.Length > 0)
        {
            json.WriteString("name"u8, call.Name);
        }

        json.WriteString("arguments"u8, call.Arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
