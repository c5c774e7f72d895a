using System.Text.Json;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

internal static class LogprobsJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<TokenLogprob> tokens)
    {
        json.WriteStartArray("logprobs"u8);
        foreach (var token in tokens)
        {
            WriteToken(json, token);
            json.WriteStartArray("top_logprobs"u8);
            foreach (var other in token.Top)
            {
                WriteToken(json, other);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteToken(Utf8JsonWriter json, TokenLogprob token)
    {
        json.WriteStartObject();
        json.WriteString("token"u8, token.Token);

        // JSON has no infinity; a token that cannot come has one.
        json.WriteNumber("logprob"u8, double.IsFinite(token.Logprob) ? token.Logprob : double.MinValue);
        json.WriteStartArray("bytes"u8);
        foreach (var value in token.Bytes.Span)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
