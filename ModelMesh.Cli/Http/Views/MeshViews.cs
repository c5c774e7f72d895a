namespace ModelMesh.Cli.Http.Views;

internal sealed record BackendListView(IReadOnlyList<BackendView> Backends);

internal sealed record BackendView(string? Type, string Plugin, string? Version, string State, string? Error, int Models, BackendHealthView? Health);

internal sealed record BackendHealthView(int Healthy, int Starting, int Unhealthy, int Unknown, BackendErrorView? LastError);

internal sealed record BackendErrorView(string Model, string Version, string Message);

internal sealed record InstanceListView(IReadOnlyList<InstanceView> Instances);

internal sealed record InstanceView(string Id, string GrpcAddress, string HttpAddress, IReadOnlyList<InstancePluginView> Plugins, DateTimeOffset StartedAt, bool Stopping);

internal sealed record InstancePluginView(string Type, string Version, string State);

internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthCheckView> Checks);

internal sealed record HealthCheckView(string Name, string Status, string? Reason);

internal sealed record CatalogEventView(long Revision, string Kind, string Id, string? Entry, string? Name, string? Version);

/// <summary>The gateway's list of models, of which only the figures are read.</summary>
internal sealed record OfferedModelsView(IReadOnlyList<OfferedModelView> Data);

internal sealed record OfferedModelView(string Id, OfferedDetailsView? Modelmesh);

internal sealed record OfferedDetailsView(double? TokensPerSecond, double? TimeToFirstTokenMs, IReadOnlyList<OfferedVersionView>? Versions);

internal sealed record OfferedVersionView(string Version, double? TokensPerSecond, double? TimeToFirstTokenMs);
