namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>
/// A model's capabilities in Ollama's words. Registrations name theirs freely, so what is usual for the same is understood; what Ollama has no word for is
/// left out. A model that says nothing of embeddings only is one to talk to.
/// </summary>
internal static class OllamaCapabilities
{
    private const string Completion = "completion";
    private const string Embedding = "embedding";

    public static IReadOnlyList<string> Of(IEnumerable<string> capabilities)
    {
        var known = capabilities.Select(Known).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return known is [Embedding] || known.Contains(Completion) ? known : [Completion, .. known];
    }

    private static string? Known(string capability) => capability.ToLowerInvariant().Replace('-', '_') switch
    {
        Completion or "completions" or "chat" or "text" or "generate" => Completion,
        "tools" or "tool_calls" or "tool_calling" or "function_calling" or "functions" => "tools",
        "vision" or "image" or "images" or "image_input" => "vision",
        Embedding or "embeddings" or "embed" => Embedding,
        "thinking" or "reasoning" => "thinking",
        "insert" or "fim" => "insert",
        _ => null,
    };
}
