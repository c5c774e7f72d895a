using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Inference;

/// <summary>Refuses what a backend would drop in silence, but for what a lenient request may be served without, and adapters that the model has not.</summary>
internal static class FeatureCheck
{
    /// <exception cref="MeshException">
    /// <c>model_not_found</c> for an adapter that is not registered with the model; <c>invalid_request</c> that names every field the backend cannot take.
    /// </exception>
    public static void Check(InferenceRequest request, ModelRuntime runtime)
    {
        CheckAdapter(request.Options.ModelId, runtime);
        var features = runtime.Features;
        var taken = request.Lenient ? features | LenientRequest.OptionalOf(request.Options) : features;
        if (taken == ChatFeatures.All)
        {
            return;
        }

        var faults = RequestedFeatures.Of(request)
            .Where(asked => !taken.HasFlag(asked.Feature))
            .Select(asked => new ErrorDetail(asked.Field, Reason(asked.Feature, features, runtime.Model.BackendType)))
            .ToList();
        if (faults.Count > 0)
        {
            throw MeshException.Invalid(faults);
        }
    }

    /// <inheritdoc cref="Check(InferenceRequest, ModelRuntime)"/>
    public static void Check(EmbeddingRequest request, ModelRuntime runtime)
    {
        var (features, type) = (runtime.Features, runtime.Model.BackendType);
        if (!runtime.MakesEmbeddings)
        {
            throw MeshException.Invalid("model", $"is of the backend type '{type}', which makes no embeddings");
        }

        CheckAdapter(request.Adapter, runtime);
        var faults = new List<ErrorDetail>();
        if (request.Adapter is not null && !features.HasFlag(ChatFeatures.Adapters))
        {
            faults.Add(new ErrorDetail("model", Reason(ChatFeatures.Adapters, features, type)));
        }

        if (request.Extra is { Count: > 0 } && !request.Lenient && !features.HasFlag(ChatFeatures.Extra))
        {
            faults.Add(new ErrorDetail("extra", Reason(ChatFeatures.Extra, features, type)));
        }

        if (faults.Count > 0)
        {
            throw MeshException.Invalid(faults);
        }
    }

    private static void CheckAdapter(string? adapter, ModelRuntime runtime)
    {
        var model = runtime.Model;
        if (adapter is not null && !model.Adapters.Contains(adapter, StringComparer.Ordinal))
        {
            throw new MeshException(ErrorCode.ModelNotFound, $"Model '{model.Name}' version '{model.Version}' has no adapter '{adapter}'.");
        }
    }

    private static string Reason(ChatFeatures feature, ChatFeatures features, string type) => feature switch
    {
        ChatFeatures.Adapters => $"names an adapter, and the backend type '{type}' takes none",
        ChatFeatures.ImageUrls when features.HasFlag(ChatFeatures.ImageData) => $"the backend type '{type}' takes images as data: URLs only",
        ChatFeatures.ImageData when features.HasFlag(ChatFeatures.ImageUrls) => $"the backend type '{type}' takes images as http or https URLs only",
        ChatFeatures.JsonSchema when features.HasFlag(ChatFeatures.JsonMode) => $"the backend type '{type}' takes json_object, but no json_schema",
        ChatFeatures.JsonMode when features.HasFlag(ChatFeatures.JsonSchema) => $"the backend type '{type}' takes json_schema, but no json_object",
        _ => $"the backend type '{type}' does not take it",
    };
}
