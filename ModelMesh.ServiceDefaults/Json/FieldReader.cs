using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>
/// Takes the known fields out of one JSON object and reports what is wrong with each; what is left at the end is unknown.
/// A field that is null counts as absent. Not thread-safe, for one use.
/// </summary>
public sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly FaultList _faults;

    public FieldReader(JsonElement element, string path, FaultList faults)
    {
        (_path, _faults) = (path, faults);
        foreach (var property in element.EnumerateObject())
        {
            if (JsonText.NameOf(property) is not { } name)
            {
                faults.Add(path, "has a property whose name is not valid Unicode");
            }
            else if (!_present.Add(name))
            {
                Fault(name, "is given more than once");
            }
            else
            {
                _left.Add(name, property.Value);
            }
        }
    }

    public void Fault(string name, string message) => _faults.Add(FieldPath.Join(_path, name), message);

    /// <summary>The fault of a value that is of another type than the field's.</summary>
    public void Wrong(string name, string wanted, JsonElement value) => Fault(name, $"must be {wanted}, not {JsonKind.Of(value)}");

    public bool Has(string name) => _left.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Looks at a field, which stays to be taken: by name, or with the rest.</summary>
    public bool TryPeek(string name, out JsonElement value) => _left.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;

    public bool TryTake(string name, out JsonElement value) => _left.Remove(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Reports what nobody could make sense of in an object whose fields somebody else knows.</summary>
    public void CheckFreeForm(string name, JsonElement value) => FreeForm.IsSound(value, FieldPath.Join(_path, name), _faults);

    /// <summary>Reports each field that nobody took, where the body may have none.</summary>
    public void RefuseTheRest()
    {
        if (_faults.UnknownFields == UnknownFields.Allowed)
        {
            return;
        }

        foreach (var name in _left.Keys)
        {
            Fault(name, "is not a known field");
        }
    }

    /// <summary>The fields that nobody took, as the text of a JSON object; each is checked for what none could make sense of. Empty when none is left.</summary>
    public string TakeTheRest()
    {
        var rest = _left.Where(field => field.Value.ValueKind != JsonValueKind.Null).ToList();
        _left.Clear();
        if (rest.Count == 0)
        {
            return "";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in rest)
            {
                // Raw text, so that numbers and letters arrive as they were written; what is not sound is a fault by then, and nobody reads this.
                CheckFreeForm(name, value);
                json.WritePropertyName(name);
                json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
