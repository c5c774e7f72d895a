using System.Text.Json;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>A token that TGI made.</summary>
/// <param name="LogProbability">Null where the server does not say.</param>
/// <param name="IsSpecial">Whether it is one of the tokenizer's own marks, and no text of the answer.</param>
internal readonly record struct GeneratedToken(string Text, double? LogProbability, bool IsSpecial);

/// <summary>Reads tokens.</summary>
internal static class TokenReader
{
    /// <summary>Reads a token whose opening brace has been read.</summary>
    public static GeneratedToken Read(ref Utf8JsonReader reader)
    {
        var token = new GeneratedToken("", null, IsSpecial: false);
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("text"u8))
            {
                token = token with { Text = reader.Text() ?? "" };
            }
            else if (reader.ValueTextEquals("logprob"u8))
            {
                token = token with { LogProbability = reader.Number() };
            }
            else if (reader.ValueTextEquals("special"u8))
            {
                token = token with { IsSpecial = reader.Flag() };
            }
            else
            {
                reader.SkipValue();
            }
        }

        return token;
    }

    /// <summary>Reads a list of tokens; one without a log probability is left out.</summary>
    public static IReadOnlyList<TokenLogProbability> ReadList(ref Utf8JsonReader reader)
    {
        var tokens = new List<TokenLogProbability>();
        if (reader.EnterArray())
        {
            while (reader.NextObject())
            {
                if (Read(ref reader) is { LogProbability: { } probability, Text: var text })
                {
                    tokens.Add(new(text, probability));
                }
            }
        }

        return tokens;
    }
}
