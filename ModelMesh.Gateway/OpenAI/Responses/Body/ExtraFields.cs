using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Fields for the backend alone: those that the API does not know, and those that chat completions call by another name.</summary>
internal sealed class ExtraFields
{
    private readonly List<(string Name, string Value, string Source)> _own = [];

    /// <param name="name">What the backend calls it.</param>
    /// <param name="source">The path of the field that said so.</param>
    public void Add(string name, string value, string source) => _own.Add((name, value, source));

    /// <summary>These fields and all that nobody took.</summary>
    public string With(FieldReader fields)
    {
        foreach (var (name, _, source) in _own)
        {
            if (fields.Has(name))
            {
                fields.Fault(name, $"is given by {source}, too");
            }
        }

        var rest = fields.TakeTheRest();
        if (_own.Count == 0)
        {
            return rest;
        }

        var own = string.Join(',', _own.Select(field => $"\"{field.Name}\":{JsonSerializer.Serialize(field.Value, ExtraJson.Default.String)}"));
        return rest.Length == 0 ? $"{{{own}}}" : $"{rest[..^1]},{own}}}";
    }
}
