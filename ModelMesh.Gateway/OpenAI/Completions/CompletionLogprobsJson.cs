using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.OpenAI.Chat;

namespace ModelMesh.Gateway.OpenAI.Completions;

/// <summary>The field <c>logprobs</c> of a completion's choice: a list for each thing that is known of its tokens.</summary>
internal static class CompletionLogprobsJson
{
    /// <param name="offset">Where in the choice's text the first token begins.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<TokenLogprob> tokens, int offset)
    {
        if (tokens.Count == 0)
        {
            json.WriteNull("logprobs"u8);
            return;
        }

        json.WriteStartObject("logprobs"u8);
        WriteList(json, "tokens"u8, tokens, token => json.WriteStringValue(token.Token));
        WriteList(json, "token_logprobs"u8, tokens, token => json.WriteNumberValue(LogprobsJson.Finite(token.Logprob)));
        WriteList(json, "top_logprobs"u8, tokens, token => WriteCandidates(json, token));
        WriteList(json, "text_offset"u8, tokens, token =>
        {
            json.WriteNumberValue(offset);
            offset += token.Token.Length;
        });
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<TokenLogprob> tokens, Action<TokenLogprob> write)
    {
        json.WriteStartArray(name);
        foreach (var token in tokens)
        {
            write(token);
        }

        json.WriteEndArray();
    }

    // An object has each name once; of tokens that look the same the likeliest counts.
    private static void WriteCandidates(Utf8JsonWriter json, TokenLogprob token)
    {
        json.WriteStartObject();
        foreach (var candidate in token.Top.OrderByDescending(candidate => candidate.Logprob).DistinctBy(candidate => candidate.Token, StringComparer.Ordinal))
        {
            json.WriteNumber(candidate.Token, LogprobsJson.Finite(candidate.Logprob));
        }

        json.WriteEndObject();
    }
}
