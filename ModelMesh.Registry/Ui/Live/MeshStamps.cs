using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Ui.Live;

/// <summary>
/// What changes whenever the structure of a page does: a page holds the stamps that it was rendered with, hears of newer ones in the topic <c>mesh</c>, and fetches itself again
/// when they differ in one that it depends on.
/// </summary>
internal sealed class MeshStamps(ICatalog catalog, IInstanceDirectory instances, StoreConnection store)
{
    /// <summary>By name, each as JSON.</summary>
    public IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["revision"] = catalog.Current.Revision.ToString(CultureInfo.InvariantCulture),
        ["instances"] = DigestOfInstances(),
        ["store"] = store.IsConnected ? "true" : "false",
    };

    /// <summary>All of them as one JSON object.</summary>
    public string Json() => $"{{{string.Join(',', Read().Select(stamp => $"\"{stamp.Key}\":{stamp.Value}"))}}}";

    // Plugins are among what an instance tells of itself. The same at every replica, for a page may be rendered by one and hear of another.
    private string DigestOfInstances()
    {
        var all = new StringBuilder();
        foreach (var instance in instances.Current)
        {
            all.Append(instance.Id).Append(instance.Stopping ? "-\n" : "\n").AppendJoin('\n', instance.Plugins).Append('\n');
        }

        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())).AsSpan(0, 8))}\"";
    }
}
