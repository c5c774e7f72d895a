using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

internal sealed record WireLogProbabilities(WireTokenLogProbability[]? Content)
{
    public IReadOnlyList<TokenLogProbability>? ToTokens() => Content is { Length: > 0 } content ? Array.ConvertAll(content, token => token.ToToken()) : null;
}

internal sealed record WireTokenLogProbability(string? Token, double? Logprob, int[]? Bytes, WireTokenLogProbability[]? TopLogprobs)
{
    public TokenLogProbability ToToken() => new(Token ?? "", Logprob ?? 0)
    {
        Bytes = Bytes is null ? null : Array.ConvertAll(Bytes, value => unchecked((byte)value)),
        Top = TopLogprobs is { Length: > 0 } top ? Array.ConvertAll(top, token => token.ToToken()) : [],
    };
}
