using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf.Collections;
using Microsoft.AspNetCore.Connections;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Embeddings;

/// <summary>Writes a list of embeddings, some of them at a time: all in one piece would be many times what was received.</summary>
internal static class EmbeddingsJson
{
    private const int FlushAtBytes = 64 * 1024;

    /// <exception cref="ConnectionAbortedException">The client has gone; often known here before the request's own token fires.</exception>
    /// <exception cref="OperationCanceledException">The gateway ends.</exception>
    public static async Task WriteAsync(PipeWriter output, EmbedResponse response, EmbeddingsRequest request, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, ReadableBytes.Options);
        var longest = response.Embeddings.Count == 0 ? 0 : response.Embeddings.Max(embedding => embedding.Values.Count);
        var vector = ArrayPool<float>.Shared.Rent(longest);
        var sent = 0L;
        try
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (var (index, embedding) in response.Embeddings.Index())
            {
                json.WriteStartObject();
                json.WriteString("object"u8, "embedding"u8);
                json.WriteNumber("index"u8, index);
                WriteVector(json, embedding.Values, vector, request.AsBase64);
                json.WriteEndObject();
                if (json.BytesCommitted + json.BytesPending - sent >= FlushAtBytes)
                {
                    json.Flush();
                    sent = json.BytesCommitted;
                    if ((await output.FlushAsync(cancellationToken)).IsCompleted)
                    {
                        throw new ConnectionAbortedException("The client has gone.");
                    }
                }
            }

            json.WriteEndArray();
            json.WriteString("model"u8, request.Inputs.AnsweredAs(response.Accepted));
            WriteUsage(json, response.Usage ?? new Usage { Estimated = true });
            json.WriteEndObject();
            json.Flush();
            await output.FlushAsync(cancellationToken);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(vector);
        }
    }

    private static void WriteVector(Utf8JsonWriter json, RepeatedField<float> values, float[] buffer, bool asBase64)
    {
        values.CopyTo(buffer, 0);
        var vector = buffer.AsSpan(0, values.Count);
        if (asBase64)
        {
            json.WriteBase64String("embedding"u8, LittleEndian(vector));
            return;
        }

        json.WriteStartArray("embedding"u8);
        foreach (var value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> LittleEndian(Span<float> vector)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var words = MemoryMarshal.Cast<float, int>(vector);
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return MemoryMarshal.AsBytes(vector);
    }

    private static void WriteUsage(Utf8JsonWriter json, Usage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.InputTokens);
        json.WriteNumber("total_tokens"u8, usage.TotalTokens);
        if (usage.Estimated)
        {
            json.WriteBoolean("estimated"u8, true);
        }

        json.WriteEndObject();
    }
}
