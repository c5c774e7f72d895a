using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Top;

/// <summary>Looks at the mesh: all that it shows at once, side by side. What cannot be had is named, and the rest is shown.</summary>
internal sealed class TopReader(CommandContext context)
{
    private const int PageSize = 1_000;
    private const int MostRequests = 200;

    /// <exception cref="CommandFailure">The models cannot be had; without them there is nothing to show.</exception>
    public async Task<TopSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var troubles = new List<string>();
        var speeds = OrTrouble(SpeedsAsync(cancellationToken), troubles);
        var instances = OrTrouble(InstancesAsync(cancellationToken), troubles);
        var requests = OrTrouble(RequestsAsync(cancellationToken), troubles);
        var models = await ModelsAsync(cancellationToken);
        return new TopSnapshot(
            models, await speeds ?? new Dictionary<string, OfferedVersionView>(StringComparer.Ordinal), await instances ?? [], await requests, troubles);
    }

    private static async Task<T?> OrTrouble<T>(Task<T> reading, List<string> troubles)
        where T : class
    {
        try
        {
            return await reading;
        }
        catch (CommandFailure failure)
        {
            lock (troubles)
            {
                troubles.Add(failure.Message);
            }

            return null;
        }
    }

    private async Task<IReadOnlyList<ModelView>> ModelsAsync(CancellationToken cancellationToken)
    {
        var models = new List<ModelView>();
        string? cursor = null;
        do
        {
            var page = (await context.Registry.ModelsAsync(QueryText.Of([("limit", $"{PageSize}"), ("cursor", cursor)]), cancellationToken)).Read(ApiJson.Default.ModelListView);
            models.AddRange(page.Models);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return models;
    }

    private async Task<IReadOnlyDictionary<string, OfferedVersionView>> SpeedsAsync(CancellationToken cancellationToken)
    {
        var offered = (await context.Gateway.ModelsAsync(cancellationToken)).Read(ApiJson.Default.OfferedModelsView);
        var speeds = new Dictionary<string, OfferedVersionView>(StringComparer.Ordinal);
        foreach (var model in offered.Data)
        {
            foreach (var version in model.Modelmesh?.Versions ?? [])
            {
                speeds[$"{model.Id}@{version.Version}"] = version;
            }
        }

        return speeds;
    }

    private async Task<IReadOnlyList<InstanceView>> InstancesAsync(CancellationToken cancellationToken) =>
        (await context.Registry.InstancesAsync(cancellationToken)).Read(ApiJson.Default.InstanceListView).Instances;

    private async Task<RequestListView> RequestsAsync(CancellationToken cancellationToken) =>
        (await context.Registry.RequestsAsync($"?limit={MostRequests}", cancellationToken)).Read(ApiJson.Default.RequestListView);
}
