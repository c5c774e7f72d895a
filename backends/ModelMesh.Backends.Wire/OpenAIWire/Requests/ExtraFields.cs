using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Requests;

/// <summary>The fields that are merged over a request: the model's own <c>extra</c>, and over that the caller's.</summary>
public sealed class ExtraFields
{
    private readonly JsonElement? _settings;
    private readonly AdditionalPropertiesDictionary? _caller;

    /// <summary>Joins the two.</summary>
    /// <param name="settings">The model's <c>extra</c>, an object, already checked.</param>
    /// <param name="caller">The caller's <c>extra</c>.</param>
    /// <param name="reserved">What the caller's may not hold.</param>
    /// <exception cref="BackendException">The caller's holds a reserved field: <see cref="BackendErrorKind.InvalidRequest"/>.</exception>
    public ExtraFields(JsonElement? settings, AdditionalPropertiesDictionary? caller, IReadOnlyCollection<string> reserved)
    {
        _settings = settings;
        _caller = caller;
        foreach (var name in reserved)
        {
            if (IsInCallers(name))
            {
                throw new BackendException(BackendErrorKind.InvalidRequest, $"extra.{name} is set by the mesh and cannot be given.") { Field = $"extra.{name}" };
            }
        }
    }

    /// <summary>Whether a field of the request is replaced.</summary>
    public bool Contains(string name) => IsInCallers(name) || IsInSettings(name);

    // Field names are told apart by case; the dictionary's own look-up does not.
    private bool IsInCallers(string name) => _caller?.Any(field => field.Key == name) == true;

    /// <summary>Writes all of them into the open object.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        foreach (var property in _settings?.EnumerateObject() ?? [])
        {
            if (!IsInCallers(property.Name))
            {
                property.WriteTo(writer);
            }
        }

        foreach (var (name, value) in _caller ?? [])
        {
            writer.WritePropertyName(name);
            if (value is JsonElement element)
            {
                element.WriteTo(writer);
            }
            else
            {
                JsonSerializer.Serialize(writer, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
            }
        }
    }

    private bool IsInSettings(string name) => _settings is { } settings && settings.TryGetProperty(name, out _);
}
