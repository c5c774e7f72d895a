using System.Text.Json;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI;

/// <summary>
/// Reads which model a client of OpenAI's wants: <c>model</c>, and the mesh's own <c>version</c> and <c>hash_key</c>. A <c>prompt_cache_key</c>, which is there to
/// bring requests together that share their beginning, is the hash key where none is given; it goes to the backend as well. <c>user</c> is not: an
/// application that sends one for all of its requests would never be split.
/// </summary>
internal static class OpenAIModelFields
{
    private const string CacheKey = "prompt_cache_key";
    private const int MaxKeyLength = 1024;

    public static (string Model, string? Version, string? HashKey) Read(FieldReader fields)
    {
        var model = ModelFields.Read(fields, isReference: true);
        return model with { HashKey = model.HashKey ?? PeekCacheKey(fields) };
    }

    private static string? PeekCacheKey(FieldReader fields)
    {
        if (!fields.TryPeek(CacheKey, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && JsonText.Of(value) is { Length: <= MaxKeyLength } key)
        {
            return key.Length == 0 ? null : key;
        }

        fields.Fault(CacheKey, $"must be a string of at most {MaxKeyLength} characters");
        return null;
    }
}
