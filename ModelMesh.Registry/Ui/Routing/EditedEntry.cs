using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Routing;

/// <summary>What a form begins with.</summary>
/// <param name="Name">Null for an entry that is to be new.</param>
/// <param name="Json">As the API shows it.</param>
public sealed record EditedEntry(string? Name, long Revision, string Json)
{
    /// <summary>The entry that the query names, or a new one.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>: there is none of that name.</exception>
    internal static async Task<EditedEntry> FindAsync<T>(HttpRequest request, ICatalog catalog, EntryShape<T> shape)
        where T : class, ITrafficEntry
    {
        if (!request.Query.TryGetValue("name", out var given))
        {
            return new EditedEntry(null, 0, "{}");
        }

        var id = new TrafficId(shape.Kind, given.ToString());

        // One that was written by another replica a moment ago is found.
        var entry = catalog.Current.Traffic.Find(id) ?? (await catalog.RefreshAsync(request.HttpContext.RequestAborted)).Traffic.Find(id);
        return entry is T found
            ? new EditedEntry(id.Name, found.Revision, Encoding.UTF8.GetString(TrafficJson.Body(shape.View(found, catalog.Current))))
            : throw new MeshException(ErrorCode.ModelNotFound, $"There is no {shape.Kind} '{id.Name}'.");
    }
}
