using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Gateway.Models;

/// <summary>
/// Which models are asked for: those that match everything given. A model matches by what it is over its versions; a label counts where one of them has it.
/// </summary>
internal sealed record ModelFilter(string? Status, string? BackendType, string? OwnedBy, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Labels)
{
    public static readonly string[] Parameters = ["status", "backend_type", "owned_by", "capability", "label"];

    public bool IsEmpty => Status is null && BackendType is null && OwnedBy is null && Capabilities.Count == 0 && Labels.Count == 0;

    public static ModelFilter Read(QueryReader query) =>
        new(query.OneOf("status", ModelStatuses.All), query.One("backend_type"), query.One("owned_by"), query.Many("capability"), query.Many("label"));

    public bool Matches(ModelEntry entry) => Matches(
        entry.Modelmesh.Status, entry.Modelmesh.BackendTypes, entry.OwnedBy, entry.Modelmesh.Capabilities, entry.Modelmesh.Versions.SelectMany(version => version.Labels));

    public bool Matches(ModelInfo info) => Matches(info.Status, [info.BackendType], info.OwnedBy, info.Capabilities, info.Labels);

    private bool Matches(string status, IReadOnlyList<string> backendTypes, string owner, IReadOnlyList<string> capabilities, IEnumerable<KeyValuePair<string, string>> labels) =>
        (Status is null || string.Equals(status, Status, StringComparison.Ordinal))
        && (BackendType is null || backendTypes.Contains(BackendType, StringComparer.Ordinal))
        && (OwnedBy is null || string.Equals(owner, OwnedBy, StringComparison.Ordinal))
        && Capabilities.All(wanted => capabilities.Contains(wanted, StringComparer.Ordinal))
        && Labels.All(wanted => labels.Any(label => LabelFilter.Matches(label, wanted)));
}
