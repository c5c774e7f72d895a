using System.Text.Json;

namespace ModelMesh.Backends.Wire.Json;

/// <summary>A JSON object whose fields come from several places: the first to name a field has it. Begun and ended by whoever writes. Not thread-safe.</summary>
public sealed class MergedObject(Utf8JsonWriter writer)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>What the object is written to.</summary>
    public Utf8JsonWriter Writer => writer;

    /// <summary>Writes the field's name, and true for the caller to write its value, unless the field is there already.</summary>
    public bool Claim(string name)
    {
        if (!_names.Add(name))
        {
            return false;
        }

        writer.WritePropertyName(name);
        return true;
    }

    /// <summary>Begins a field that is an object; the caller ends it.</summary>
    public void Open(string name)
    {
        _names.Add(name);
        writer.WriteStartObject(name);
    }

    /// <summary>Adds a text.</summary>
    public void Text(string name, string value)
    {
        if (Claim(name))
        {
            writer.WriteStringValue(value);
        }
    }

    /// <summary>Adds a number, unless it is null.</summary>
    public void Number(string name, float? value)
    {
        if (value is { } number && Claim(name))
        {
            writer.WriteNumberValue(number);
        }
    }

    /// <summary>Adds a whole number, unless it is null.</summary>
    public void Number(string name, long? value)
    {
        if (value is { } number && Claim(name))
        {
            writer.WriteNumberValue(number);
        }
    }

    /// <summary>Adds true or false.</summary>
    public void Flag(string name, bool value)
    {
        if (Claim(name))
        {
            writer.WriteBooleanValue(value);
        }
    }

    /// <summary>Adds a value as it is, unless it is null.</summary>
    public void Add(string name, JsonElement? value)
    {
        if (value is { } given && Claim(name))
        {
            given.WriteTo(writer);
        }
    }

    /// <summary>Adds every field of an object that is not there already.</summary>
    public void AddAll(JsonElement? fields)
    {
        if (fields is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var field in given.EnumerateObject())
            {
                Add(field.Name, field.Value);
            }
        }
    }
}
