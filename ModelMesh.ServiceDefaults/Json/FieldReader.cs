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

    public bool TryTake(string name, out JsonElement value) => _left.Remove(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Reports what nobody could make sense of in an object whose fields somebody else knows.</summary>
    public void CheckFreeForm(string name, JsonElement value) => FreeForm.IsSound(value, FieldPath.Join(_path, name), _faults);

    public void RefuseTheRest()
    {
        foreach (var name in _left.Keys)
        {
            Fault(name, "is not a known field");
        }
    }
}
