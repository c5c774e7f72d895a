using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary>Reads the weights of some versions of a model: <c>{"v1":90,"v2":10}</c>.</summary>
internal static class WeightsBody
{
    private const int MostWeight = 1_000_000;

    /// <exception cref="MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static IReadOnlyDictionary<string, int> Read(ReadOnlyMemory<byte> body, string name, CatalogSnapshot catalog)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var version in document.RootElement.EnumerateObject().Select(JsonText.NameOf).OfType<string>().Where(fields.Has).ToList())
        {
            if (catalog.Find(new(name, version)) is null)
            {
                fields.TryTake(version, out _);
                fields.Fault(version, $"is no version of '{name}'");
            }
            else if (fields.WholeNumber(version, 0, MostWeight) is { } weight)
            {
                weights[version] = (int)weight;
            }
        }

        if (weights.Count == 0 && faults.Count == 0)
        {
            faults.Add("", "the body must name at least one version with its weight, such as {\"v1\":90,\"v2\":10}");
        }

        faults.ThrowIfAny();
        return weights;
    }
}
