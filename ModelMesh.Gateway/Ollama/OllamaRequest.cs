using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Ollama.Answers;

namespace ModelMesh.Gateway.Ollama;

/// <summary>What a client of <c>/api/chat</c> or <c>/api/generate</c> asks for, checked. Not a record: its text must not be printable by accident.</summary>
internal sealed class OllamaRequest
{
    public required ChatRequest Chat { get; init; }

    public required bool Stream { get; init; }

    public required PieceForm Form { get; init; }

    /// <summary><c>load</c> or <c>unload</c> where it says nothing to the model: Ollama takes such a request for the wish to load it, or to drop it. Null for any other.</summary>
    public string? OnlyLoads { get; init; }
}
