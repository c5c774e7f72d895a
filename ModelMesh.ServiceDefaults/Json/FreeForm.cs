using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>An object whose fields somebody else knows: what no reader of it could make sense of, at any depth.</summary>
public static class FreeForm
{
    /// <summary>Adds a fault for each name that repeats and each text that is none. False when there was one.</summary>
    public static bool IsSound(JsonElement value, string path, FaultList faults)
    {
        var before = faults.Count;
        Walk(value, path, faults);
        return faults.Count == before;
    }

    private static void Walk(JsonElement value, string path, FaultList faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject())
                {
                    if (JsonText.NameOf(property) is not { } name)
                    {
                        faults.Add(path, "has a property whose name is not valid Unicode");
                        continue;
                    }

                    var field = FieldPath.Join(path, name);
                    if (!names.Add(name))
                    {
                        faults.Add(field, "is given more than once");
                    }

                    Walk(property.Value, field, faults);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Walk(item, FieldPath.At(path, index), faults);
                }

                break;
            case JsonValueKind.String when JsonText.Of(value) is null:
                faults.Add(path, "holds half of a surrogate pair");
                break;
        }
    }
}
