using ModelMesh.Contracts.V1;

namespace ModelMesh.Bench.Micro;

/// <summary>What a token's text is made of.</summary>
public enum TokenText
{
    /// <summary>20 characters that JSON takes as they are.</summary>
    Plain,

    /// <summary>As many, some of which it escapes, some of which are no ASCII.</summary>
    Escaped,
}

internal static class TokenTexts
{
    public static Delta ToDelta(TokenText text) => new() { Text = text == TokenText.Plain ? "twenty bytes a chunk" : "a \"quote\"\n und größer" };
}
