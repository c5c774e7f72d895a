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
