using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>Reads strings that may escape half of a surrogate pair, which no .NET string reader takes.</summary>
public static class JsonText
{
    /// <summary>Null when the text is not valid Unicode.</summary>
    public static string? Of(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether all of its names and texts, at any depth, are valid Unicode. What are not, no JSON writer writes again.</summary>
    public static bool IsUnicode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(property => NameOf(property) is not null && IsUnicode(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(IsUnicode),
        JsonValueKind.String => Of(element) is not null,
        _ => true,
    };

    /// <summary>Null when the name is not valid Unicode.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
