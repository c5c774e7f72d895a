namespace ModelMesh.Gateway.Models;

/// <summary>
/// Which models are asked for: those that match everything given. A model matches by what it is over its versions; a label counts where one of them has it.
/// A label is <c>key</c>, <c>key=value</c> or <c>key:value</c>.
/// </summary>
internal sealed record ModelFilter(string? Status, string? BackendType, string? OwnedBy, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Labels)
{
    public static readonly string[] Parameters = ["status", "backend_type", "owned_by", "capability", "label"];

    private static readonly string[] States = ["pending", "loading", "ready", "draining", "failed"];

    public bool IsEmpty => Status is null && BackendType is null && OwnedBy is null && Capabilities.Count == 0 && Labels.Count == 0;

    public static ModelFilter Read(QueryReader query)
    {
        var status = query.Single("status");
        if (status is not null && !States.Contains(status, StringComparer.Ordinal))
        {
            query.Fault("status", $"must be one of {string.Join(", ", States)}");
        }

        return new ModelFilter(status, query.Single("backend_type"), query.Single("owned_by"), query.Many("capability"), query.Many("label"));
    }

    public bool Matches(ModelEntry entry) => Matches(
        entry.Modelmesh.Status, entry.Modelmesh.BackendTypes, entry.OwnedBy, entry.Modelmesh.Capabilities, entry.Modelmesh.Versions.SelectMany(version => version.Labels));

    public bool Matches(ModelInfo info) => Matches(info.Status, [info.BackendType], info.OwnedBy, info.Capabilities, info.Labels);

    private bool Matches(string status, IReadOnlyList<string> backendTypes, string owner, IReadOnlyList<string> capabilities, IEnumerable<KeyValuePair<string, string>> labels) =>
        (Status is null || string.Equals(status, Status, StringComparison.Ordinal))
        && (BackendType is null || backendTypes.Contains(BackendType, StringComparer.Ordinal))
        && (OwnedBy is null || string.Equals(owner, OwnedBy, StringComparison.Ordinal))
        && Capabilities.All(wanted => capabilities.Contains(wanted, StringComparer.Ordinal))
        && Labels.All(wanted => labels.Any(label => Is(label, wanted)));

    // A key may hold either sign itself, so every split is tried.
    private static bool Is(KeyValuePair<string, string> label, string wanted) =>
        wanted.StartsWith(label.Key, StringComparison.Ordinal)
        && (wanted.Length == label.Key.Length || (wanted[label.Key.Length] is '=' or ':' && wanted.AsSpan(label.Key.Length + 1).SequenceEqual(label.Value)));
}
