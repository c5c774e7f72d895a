namespace ModelMesh.Registry.Ui.Models;

/// <summary>A model version as the list shows it: what the catalog says, and how it does in the whole mesh.</summary>
/// <param name="Key"><c>name@version</c>, each part percent-encoded: its key in the live stream.</param>
/// <param name="Path">Of its page.</param>
/// <param name="Call">Of its resource in the admin API.</param>
/// <param name="Live">What changes from second to second.</param>
public sealed record ModelRow(
    string Key,
    string Name,
    string Version,
    string Path,
    string Call,
    string BackendType,
    long Revision,
    int MaxConcurrency,
    int Weight,
    bool Shadow,
    ModelLive Live);

/// <summary>How a model version does now, over all replicas.</summary>
/// <param name="Status"><c>pending</c>, <c>loading</c>, <c>ready</c>, <c>draining</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it is not ready, or not healthy.</param>
/// <param name="Health"><c>healthy</c>, <c>starting</c>, <c>unhealthy</c> or <c>unknown</c>.</param>
/// <param name="Active">Requests in flight.</param>
/// <param name="Speed">Tokens a second of a stream, over the last minute; null without one.</param>
/// <param name="FirstTokenMs">Mean time to first token over the last minute; null without one.</param>
public sealed record ModelLive(string Status, string? Reason, string Health, int Active, double? Speed, double? FirstTokenMs);
