using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// Secrets are references: what is stored is shown to whoever may read the catalog. At any depth of a model's <c>backend</c> an <c>api_key</c> must be
/// one, and no URL may carry a password. No fault repeats the value: it may be the secret itself.
/// </summary>
internal static class SecretRules
{
    public static void Check(JsonElement value, string path, FaultList faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    var field = FieldPath.Join(path, property.Name);
                    if (property.NameEquals("api_key") && !IsReferenceOrNull(property.Value))
                    {
                        faults.Add(field, "must be a reference, env:NAME or file:/path; secrets themselves are not stored");
                        continue;
                    }

                    Check(property.Value, field, faults);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(item, FieldPath.At(path, index), faults);
                }

                break;
            case JsonValueKind.String when HasUserInfo(value.GetString()!):
                faults.Add(path, "must not carry a user name or a password; secrets are given by reference, as api_key");
                break;
        }
    }

    private static bool IsReferenceOrNull(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => IsReference(value.GetString()!),
        _ => false,
    };

    private static bool IsReference(string text) =>
        (text.StartsWith("env:", StringComparison.Ordinal) && text.Length > "env:".Length) || text.StartsWith("file:/", StringComparison.Ordinal);

    private static bool HasUserInfo(string text) =>
        text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0;
}
