using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// Which models a list shows. The order is that of name and version, so a page continues after the last id of the one before, whatever was
/// added or removed meanwhile.
/// </summary>
internal sealed record ModelQuery(
    string? Name, string? Status, string? BackendType, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Labels, int Limit, ModelId? After)
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1_000;

    private static readonly string[] Fields = ["name", "status", "backend_type", "capability", "label", "limit", "cursor"];
    private static readonly string[] States = ["pending", "loading", "ready", "draining", "failed"];

    /// <exception cref="MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static ModelQuery Parse(IQueryCollection query)
    {
        List<ErrorDetail> faults = [.. query.Keys.Except(Fields, StringComparer.Ordinal).Select(field => new ErrorDetail(field, $"is not a known parameter; known are {string.Join(", ", Fields)}"))];
        var status = Single("status");
        if (status is not null && !States.Contains(status, StringComparer.Ordinal))
        {
            faults.Add(new ErrorDetail("status", $"must be one of {string.Join(", ", States)}"));
        }

        var limit = DefaultLimit;
        if (Single("limit") is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MostLimit))
        {
            faults.Add(new ErrorDetail("limit", $"must be a whole number from 1 to {MostLimit}"));
        }

        ModelId? after = null;
        if (Single("cursor") is { } cursor && (after = Decode(cursor)) is null)
        {
            faults.Add(new ErrorDetail("cursor", "must be the next_cursor of an earlier answer"));
        }

        var parsed = new ModelQuery(Single("name"), status, Single("backend_type"), Many("capability"), Many("label"), limit, after);
        return faults.Count == 0 ? parsed : throw MeshException.Invalid(faults);

        string? Single(string field)
        {
            if (query[field].Count > 1)
            {
                faults.Add(new ErrorDetail(field, "is given more than once"));
            }

            return query[field].FirstOrDefault();
        }

        IReadOnlyList<string> Many(string field) => [.. query[field].OfType<string>()];
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

    private bool Matches(ModelVersion model) =>
        (BackendType is null || string.Equals(model.BackendType, BackendType, StringComparison.Ordinal))
        && Capabilities.All(wanted => model.Capabilities.Contains(wanted, StringComparer.Ordinal))
        && Labels.All(wanted => HasLabel(model, wanted));

    // `key:value` or `key`. A key may hold a colon itself, so every split is tried.
    private static bool HasLabel(ModelVersion model, string wanted) =>
        model.Labels.Any(label => string.Equals(label.Key, wanted, StringComparison.Ordinal) || string.Equals($"{label.Key}:{label.Value}", wanted, StringComparison.Ordinal));

    private static int Compare(ModelId left, ModelId right) =>
        string.CompareOrdinal(left.Name, right.Name) is not 0 and var byName ? byName : string.CompareOrdinal(left.Version, right.Version);

    private static string Encode(ModelId id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id.ToString()));

    private static ModelId? Decode(string cursor) =>
        Base64Url.IsValid(cursor) && ModelId.TryParse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)), out var id) ? id : null;
}
