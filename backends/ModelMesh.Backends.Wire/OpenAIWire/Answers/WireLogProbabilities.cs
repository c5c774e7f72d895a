using System.Text.Json;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

internal sealed record WireLogProbabilities(WireTokenLogProbability?[]? Content)
{
    public IReadOnlyList<TokenLogProbability>? ToTokens() => Content is { Length: > 0 } content ? Array.ConvertAll(content, WireTokenLogProbability.ToToken) : null;
}

internal sealed record WireTokenLogProbability(string? Token, double? Logprob, int[]? Bytes, WireTokenLogProbability?[]? TopLogprobs)
{
    public static TokenLogProbability ToToken(WireTokenLogProbability? token) => (token ?? throw new JsonException("A token is null.")).ToToken();

    private TokenLogProbability ToToken() => new(Token ?? "", Logprob ?? 0)
    {
        Bytes = Bytes is null ? default(ReadOnlyMemory<byte>?) : Array.ConvertAll(Bytes, value => unchecked((byte)value)),
        Top = TopLogprobs is { Length: > 0 } top ? Array.ConvertAll(top, ToToken) : [],
    };
}
