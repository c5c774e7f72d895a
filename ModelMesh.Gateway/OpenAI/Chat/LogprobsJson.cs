using System.Text.Json;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.OpenAI.Chat;

/// <summary>The field <c>logprobs</c> of a choice.</summary>
internal static class LogprobsJson
{
    // What OpenAI says of a token that could not have come.
    private const double Impossible = -9999;

    public static void Write(Utf8JsonWriter json, IReadOnlyList<TokenLogprob> tokens, bool isRefusal)
    {
        json.WriteStartObject("logprobs"u8);
        if (isRefusal)
        {
            json.WriteNull("content"u8);
            WriteTokens(json, "refusal"u8, tokens);
        }
        else
        {
            WriteTokens(json, "content"u8, tokens);
            json.WriteNull("refusal"u8);
        }

        json.WriteEndObject();
    }

    /// <summary>As a number that JSON has.</summary>
    public static double Finite(double logprob) => double.IsFinite(logprob) ? logprob : Impossible;

    private static void WriteTokens(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<TokenLogprob> tokens)
    {
        json.WriteStartArray(name);
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            WriteToken(json, token);
            json.WriteStartArray("top_logprobs"u8);
            foreach (var candidate in token.Top)
            {
                json.WriteStartObject();
                WriteToken(json, candidate);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteToken(Utf8JsonWriter json, TokenLogprob token)
    {
        json.WriteString("token"u8, token.Token);
        json.WriteNumber("logprob"u8, Finite(token.Logprob));
        if (!token.HasBytes)
        {
            json.WriteNull("bytes"u8);
            return;
        }

        json.WriteStartArray("bytes"u8);
        foreach (var value in token.Bytes.Span)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
