using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>What the conventions call a request. Pure.</summary>
internal static class OperationNames
{
    /// <param name="api">The API's name in traces.</param>
    public static string Of(string api, ModelRequest request) => (request, api) switch
    {
        (EmbeddingInputs, _) => GenAi.Embeddings,
        (_, "completions" or "ollama.generate") => GenAi.TextCompletion,
        _ => GenAi.Chat,
    };
}
