using System.Text.Json;
using ModelMesh.Registry.Secrets;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// Secrets are references: what is stored is shown to whoever may read the catalog. At any depth of a model's <c>backend</c> a field whose name is a
/// secret's must be one, and no text may look like a secret, or be a URL that carries one. No fault repeats the value: it may be the secret itself.
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
                    if (MustBeReference(property) && FaultOf(property.Value) is { } fault)
                    {
                        faults.Add(field, fault);
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
            case JsonValueKind.String when SecretText.FaultOf(value.GetString()!) is { } fault:
                faults.Add(path, fault);
                break;
        }
    }

    // Whatever an api_key is, it is meant as the key. Others go by names that may mean more than one thing: only a text or a number can be a secret.
    private static bool MustBeReference(JsonProperty property) => property.NameEquals("api_key")
        ? property.Value.ValueKind is not JsonValueKind.Null
        : property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && SecretNames.IsField(property.Name);

    private static string? FaultOf(JsonElement value) =>
        value.ValueKind is not JsonValueKind.String || !SecretReference.IsMeantAsOne(value.GetString()!)
            ? "must be a reference, env:NAME or file:/path; secrets themselves are not stored"
            : SecretReference.TryParse(value.GetString()!, out _, out var fault) ? null : fault;
}
