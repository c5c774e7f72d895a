using System.Text.Json;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Json;

/// <summary>The caller's <c>extra</c>: fields of the body, but one that is an object and is merged into the body's own. Immutable.</summary>
public sealed class CallerExtra
{
    private readonly IReadOnlyDictionary<string, object?>? _fields;

    /// <summary>Checks the fields.</summary>
    /// <param name="fields">The caller's <c>extra</c>, each a <see cref="JsonElement"/>; null for none.</param>
    /// <param name="nested">The field that is merged.</param>
    /// <param name="reserved">What it may not hold.</param>
    /// <exception cref="BackendException">It holds a reserved field, or the merged one is no object: <see cref="BackendErrorKind.InvalidRequest"/>.</exception>
    public CallerExtra(IReadOnlyDictionary<string, object?>? fields, string nested, IReadOnlyCollection<string> reserved)
    {
        _fields = fields;
        if (reserved.FirstOrDefault(name => fields?.ContainsKey(name) == true) is { } taken)
        {
            throw Invalid($"extra.{taken}", "is set by the mesh and cannot be given");
        }

        if (fields is not null && fields.TryGetValue(nested, out var value) && value is JsonElement element)
        {
            Nested = element.ValueKind == JsonValueKind.Object ? element : throw Invalid($"extra.{nested}", "must be an object");
        }
    }

    /// <summary>The object to be merged, or null.</summary>
    public JsonElement? Nested { get; }

    /// <summary>Adds every field that is not there already; the merged one is to be there.</summary>
    public void WriteTo(MergedObject body)
    {
        if (_fields is null)
        {
            return;
        }

        foreach (var (name, value) in _fields)
        {
            if (value is JsonElement element)
            {
                body.Add(name, element);
            }
        }
    }

    private static BackendException Invalid(string field, string message) =>
        new(BackendErrorKind.InvalidRequest, $"{field} {message}.") { Field = field };
}
