using ModelMesh.Backends.Sdk;
using OpenAI.Chat;

namespace ModelMesh.Backends.OpenAI.Answers;

/// <summary>Turns the SDK's log probabilities into the mesh's. The SDK rounds them to single precision; their JSON does not.</summary>
internal static class LogProbabilityMapping
{
    public static IReadOnlyList<TokenLogProbability>? Map(IReadOnlyList<ChatTokenLogProbabilityDetails>? tokens) =>
        tokens is { Count: > 0 } ? tokens.Select(Map).ToArray() : null;

    private static TokenLogProbability Map(ChatTokenLogProbabilityDetails token) =>
        new(token.Token, token.Patch.TryGetValue("$.logprob"u8, out double exact) ? exact : token.LogProbability)
        {
            Bytes = token.Utf8Bytes,
            Top = token.TopLogProbabilities is { Count: > 0 } top ? top.Select(Map).ToArray() : [],
        };

    private static TokenLogProbability Map(ChatTokenTopLogProbabilityDetails token) =>
        new(token.Token, token.Patch.TryGetValue("$.logprob"u8, out double exact) ? exact : token.LogProbability) { Bytes = token.Utf8Bytes };
}
