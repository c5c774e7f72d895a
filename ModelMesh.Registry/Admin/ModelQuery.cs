using System.Buffers.Text;
using System.Text;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// Which models a list shows. The order is that of name and version, so a page continues after the last id of the one before, whatever was
/// added or removed meanwhile.
/// </summary>
internal sealed record ModelQuery(
    string? Name, string? Status, string? BackendType, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Labels, int Limit, ModelId? After)
{
    private const int DefaultLimit = 100;

    /// <exception cref="MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static ModelQuery Parse(IQueryCollection parameters)
    {
        var query = new QueryReader(parameters, "name", "status", "backend_type", "capability", "label", "limit", "cursor");
        var read = new ModelQuery(
            query.One("name"),
            query.OneOf("status", ModelStatuses.All),
            query.One("backend_type"),
            query.Many("capability"),
            query.Many("label"),
            query.Limit() ?? DefaultLimit,
            ReadCursor(query));
        query.Done();
        return read;
    }

    /// <summary>The page's models, and the cursor of the next page if there is one.</summary>
    /// <param name="snapshot">The catalog.</param>
    /// <param name="statusOf">A model's status; asked only when the query names one.</param>
    public (IReadOnlyList<ModelVersion> Models, string? NextCursor) Page(CatalogSnapshot snapshot, Func<ModelVersion, string> statusOf)
    {
        var page = (Name is null ? snapshot.All : snapshot.VersionsOf(Name))
            .Where(model => (After is not { } after || Compare(model.Id, after) > 0) && Matches(model) && (Status is null || string.Equals(statusOf(model), Status, StringComparison.Ordinal)))
            .Order(Comparer<ModelVersion>.Create((left, right) => Compare(left.Id, right.Id)))
            .Take(Limit + 1)
            .ToList();
        return page.Count <= Limit ? (page, null) : (page[..Limit], Encode(page[Limit - 1].Id));
    }

    private static ModelId? ReadCursor(QueryReader query)
    {
        if (query.One("cursor") is not { } cursor)
        {
            return null;
        }

        if (Decode(cursor) is { } after)
        {
            return after;
        }

        query.Fault("cursor", "must be the next_cursor of an earlier answer");
        return null;
    }

    private bool Matches(ModelVersion model) =>
        (BackendType is null || string.Equals(model.BackendType, BackendType, StringComparison.Ordinal))
        && Capabilities.All(wanted => model.Capabilities.Contains(wanted, StringComparer.Ordinal))
        && Labels.All(wanted => model.Labels.Any(label => LabelFilter.Matches(label, wanted)));

    private static int Compare(ModelId left, ModelId right) =>
        string.CompareOrdinal(left.Name, right.Name) is not 0 and var byName ? byName : string.CompareOrdinal(left.Version, right.Version);

    private static string Encode(ModelId id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id.ToString()));

    private static ModelId? Decode(string cursor) =>
        Base64Url.IsValid(cursor) && ModelId.TryParse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)), out var id) ? id : null;
}
