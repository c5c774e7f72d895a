using System.Text.Json;

namespace ModelMesh.Backends.Wire.Json;

/// <summary>Steps of reading an object field by field: each value's step begins at the field's name and ends at the value's last token. A value of another type is a <see cref="JsonException"/>.</summary>
public static class JsonFields
{
    /// <summary>Reads the text's own opening brace.</summary>
    public static void StartObject(this ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not an object.");
        }
    }

    /// <summary>Reads the next field's name, or the end of the object.</summary>
    public static bool NextField(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Reads the brace of a field that is an object; false where it is null.</summary>
    public static bool EnterObject(this ref Utf8JsonReader reader) => Enter(ref reader, JsonTokenType.StartObject);

    /// <summary>Reads the bracket of a field that is an array; false where it is null.</summary>
    public static bool EnterArray(this ref Utf8JsonReader reader) => Enter(ref reader, JsonTokenType.StartArray);

    /// <summary>Reads the brace of the array's next element, or the end of the array.</summary>
    public static bool NextObject(this ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.EndArray => false,
            _ => throw new JsonException("An element is not an object."),
        };

    /// <summary>A text, null also where it is empty: a field that says nothing.</summary>
    public static string? Text(this ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType switch
        {
            JsonTokenType.String => !reader.ValueIsEmpty(),
            JsonTokenType.Null => false,
            _ => throw new JsonException("A field is not a string."),
        }
        ? reader.GetString()
        : null;

    /// <summary>A whole number, or null where the field is.</summary>
    public static long? WholeNumber(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
            JsonTokenType.Null => null,
            _ => throw new JsonException("A field is not a whole number."),
        };
    }

    /// <summary>True or false; null is false.</summary>
    public static bool Flag(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw new JsonException("A field is not true or false."),
        };
    }

    /// <summary>A number, or null where the field is.</summary>
    public static double? Number(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.Null => null,
            _ => throw new JsonException("A field is not a number."),
        };
    }

    /// <summary>Passes over a field's value, and says what it began with.</summary>
    public static JsonTokenType SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        var type = reader.TokenType;
        reader.Skip();
        return type;
    }

    private static bool ValueIsEmpty(this ref Utf8JsonReader reader) => reader.ValueSpan.IsEmpty;

    private static bool Enter(ref Utf8JsonReader reader, JsonTokenType start)
    {
        reader.Read();
        return reader.TokenType == start || (reader.TokenType == JsonTokenType.Null ? false : throw new JsonException($"A field is not {start}."));
    }
}
