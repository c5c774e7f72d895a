using ModelMesh.Cli.Http.Views;

namespace ModelMesh.Cli.Top;

/// <summary>The mesh as it was at one look.</summary>
/// <param name="Models">Every version.</param>
/// <param name="Speeds"><c>name@version</c> → how fast it was in the last minute; empty where the gateway did not say.</param>
/// <param name="Requests">Null where the registry does not tell.</param>
/// <param name="Troubles">What could not be had, and why.</param>
internal sealed record TopSnapshot(
    IReadOnlyList<ModelView> Models, IReadOnlyDictionary<string, OfferedVersionView> Speeds, IReadOnlyList<InstanceView> Instances, RequestListView? Requests, IReadOnlyList<string> Troubles)
{
    public static TopSnapshot Empty { get; } = new([], new Dictionary<string, OfferedVersionView>(StringComparer.Ordinal), [], null, []);

    public OfferedVersionView? Speed(ModelView model) => Speeds.GetValueOrDefault(model.Id);
}
