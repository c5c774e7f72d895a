namespace ModelMesh.Backends.Sdk;

/// <summary>How likely a token was.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProbability">The natural logarithm of its probability: 0 is certain.</param>
public sealed record TokenLogProbability(string Token, double LogProbability)
{
    /// <summary>The token's UTF-8 bytes, for tokens that are part of a character; null where the backend does not say.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    /// <summary>The likeliest tokens at this place, as many as were asked for; empty within this list itself.</summary>
    public IReadOnlyList<TokenLogProbability> Top { get; init; } = [];
}
