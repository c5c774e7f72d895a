using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Errors;

/// <summary>
/// Which API a request is for, told by its path, so that the answer at a path that does not exist has the shape that its client can read.
/// 1. The plain service API lies beside OpenAI's and has the mesh's own shape.
/// 2. Anthropic's: its path, and the list of models when its client says that it is one.
/// 3. OpenAI's: the rest of <c>/v1</c>.
/// 4. Ollama's: <c>/api</c>.
/// 5. Everything else: the mesh's own.
/// </summary>
internal static class ErrorShapes
{
    public const string AnthropicVersion = "anthropic-version";
    private static readonly PathString[] PlainService = ["/v1/infer", "/v1/batch_infer", "/v1/stream_infer", "/v1/model_info"];

    public static MeshErrorShape Mesh { get; } = new();

    public static OpenAIErrorShape OpenAI { get; } = new();

    public static AnthropicErrorShape Anthropic { get; } = new();

    public static OllamaErrorShape Ollama { get; } = new();

    public static IErrorShape For(HttpRequest request)
    {
        var path = request.Path;
        if (path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            // 1
            if (Array.Exists(PlainService, plain => path.StartsWithSegments(plain, StringComparison.OrdinalIgnoreCase)))
            {
                return Mesh;
            }

            // 2, 3
            return path.StartsWithSegments("/v1/messages", StringComparison.OrdinalIgnoreCase) || request.Headers.ContainsKey(AnthropicVersion) ? Anthropic : OpenAI;
        }

        // 4, 5
        return path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? Ollama : Mesh;
    }
}
