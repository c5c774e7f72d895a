using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Inference;

/// <summary>Refuses what a backend would drop in silence.</summary>
internal static class FeatureCheck
{
    /// <exception cref="MeshException"><c>invalid_request</c> that names every field the backend cannot take.</exception>
    public static void Check(InferenceRequest request, ModelRuntime runtime)
    {
        var features = runtime.Features;
        if (features == ChatFeatures.All)
        {
            return;
        }

        var faults = RequestedFeatures.Of(request)
            .Where(asked => !features.HasFlag(asked.Feature))
            .Select(asked => new ErrorDetail(asked.Field, Reason(asked.Feature, features, runtime.Model.BackendType)))
            .ToList();
        if (faults.Count > 0)
        {
            throw MeshException.Invalid(faults);
        }
    }

    private static string Reason(ChatFeatures feature, ChatFeatures features, string type) => feature switch
    {
        ChatFeatures.ImageUrls when features.HasFlag(ChatFeatures.ImageData) => $"the backend type '{type}' takes images as data: URLs only",
        ChatFeatures.ImageData when features.HasFlag(ChatFeatures.ImageUrls) => $"the backend type '{type}' takes images as http or https URLs only",
        ChatFeatures.JsonSchema when features.HasFlag(ChatFeatures.JsonMode) => $"the backend type '{type}' takes json_object, but no json_schema",
        ChatFeatures.JsonMode when features.HasFlag(ChatFeatures.JsonSchema) => $"the backend type '{type}' takes json_schema, but no json_object",
        _ => $"the backend type '{type}' does not take it",
    };
}
