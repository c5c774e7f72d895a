using System.Text.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>
/// Takes the known fields out of one JSON object and reports what is wrong with each; what is left at the end is unknown.
/// A field that is null counts as absent.
/// </summary>
internal sealed class FieldReader
{
    private const int MaxNameShown = 100;
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

    public void Fault(string name, string message) => _faults.Add(PathOf(name), message);

    public string PathOf(string name)
    {
        var shown = name.Length <= MaxNameShown ? name : string.Concat(name.AsSpan(0, MaxNameShown), "…");
        return _path.Length == 0 ? shown : $"{_path}.{shown}";
    }

    public bool Has(string name) => _left.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public bool TryTake(string name, out JsonElement value) => _left.Remove(name, out value) && value.ValueKind != JsonValueKind.Null;

    public void RefuseTheRest()
    {
        foreach (var name in _left.Keys)
        {
            Fault(name, "is not a known field");
        }
    }
}
