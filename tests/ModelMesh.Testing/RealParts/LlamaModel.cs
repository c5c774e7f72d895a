namespace ModelMesh.Testing.RealParts;

/// <summary>The models that <c>tests/real-parts/mkgguf.mjs</c> makes: random weights, so words in random order.</summary>
public enum LlamaModel
{
    /// <summary>Some thousand tokens a second.</summary>
    Tiny,

    /// <summary>Some milliseconds a token; an answer of it never ends by itself.</summary>
    Slow,
}
