using System.Text.Json;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>Reads <c>logprobs</c>: for each token its text, bytes and log probability, and the same of the likeliest ones at its place.</summary>
internal static class LogProbabilityReader
{
    public static List<TokenLogProbability>? ReadList(ref Utf8JsonReader reader)
    {
        if (!reader.EnterArray())
        {
            return null;
        }

        var tokens = new List<TokenLogProbability>();
        while (reader.NextObject())
        {
            tokens.Add(ReadToken(ref reader));
        }

        return tokens;
    }

    private static TokenLogProbability ReadToken(ref Utf8JsonReader reader)
    {
        var token = "";
        var probability = 0.0;
        ReadOnlyMemory<byte>? bytes = null;
        List<TokenLogProbability>? top = null;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("token"u8))
            {
                token = reader.Text() ?? "";
            }
            else if (reader.ValueTextEquals("logprob"u8))
            {
                probability = reader.Number() ?? throw new JsonException("A token has no log probability.");
            }
            else if (reader.ValueTextEquals("bytes"u8))
            {
                bytes = ReadBytes(ref reader);
            }
            else if (reader.ValueTextEquals("top_logprobs"u8))
            {
                top = ReadList(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new(token, probability) { Bytes = bytes, Top = top is null ? [] : top };
    }

    private static ReadOnlyMemory<byte>? ReadBytes(ref Utf8JsonReader reader)
    {
        if (!reader.EnterArray())
        {
            return null;
        }

        var bytes = new List<byte>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bytes.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value) ? value : throw new JsonException("A byte is not one."));
        }

        return bytes.ToArray();
    }
}
