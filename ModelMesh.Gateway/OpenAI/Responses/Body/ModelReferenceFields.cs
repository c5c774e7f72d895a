using System.Text.Json;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Which model is wanted. A <c>prompt_cache_key</c>, which brings requests of one beginning together, is the hash key where none is given.</summary>
internal static class ModelReferenceFields
{
    private const string CacheKey = "prompt_cache_key";
    private const int MaxKeyLength = 1024;

    public static (string Model, string? Version, string? HashKey) Read(FieldReader fields, JsonElement request)
    {
        var model = ModelFields.Read(fields);
        if (!fields.Has(CacheKey))
        {
            return model;
        }

        // Looked at, not taken: it goes to the backend as well.
        var value = request.GetProperty(CacheKey);
        if (value.ValueKind == JsonValueKind.String && JsonText.Of(value) is { Length: <= MaxKeyLength } key)
        {
            return key.Length == 0 ? model : model with { HashKey = model.HashKey ?? key };
        }

        fields.Fault(CacheKey, $"must be a string of at most {MaxKeyLength} characters");
        return model;
    }
}
