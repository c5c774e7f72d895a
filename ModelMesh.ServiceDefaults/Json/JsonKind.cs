using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Json;

public static class JsonKind
{
    /// <summary>What a value is, in words.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
