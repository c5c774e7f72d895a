using Microsoft.Extensions.Options;
using ModelMesh.Registry.Inference;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>Writes down what this replica found out, and says so in the log where it changed the model's state.</summary>
internal sealed partial class HealthReporter(HealthStore records, HealthBoard board, ICatalog catalog, IOptions<HealthOptions> options, ILogger<HealthReporter> logger)
{
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task ReportAsync(ModelRuntime runtime, HealthSource source, HealthStanding standing, string? error, string? details = null)
    {
        var (id, revision) = (runtime.Model.Id, runtime.Model.Revision);
        var wait = HealthPace.UntilProbe(standing, source, options.Value.ProbeInterval, catalog.Current.All.Count, Random.Shared.NextDouble());
        var written = await records.ReportAsync(new HealthReport(id, revision, source, standing, error, details, wait, HealthPace.Life(wait, options.Value)));
        if (written is null)
        {
            return;
        }

        board.Put(id, written.Record);
        if (written.Before != standing.State)
        {
            var level = (written.Before, standing.State) switch
            {
                (_, HealthState.Unhealthy) => LogLevel.Warning,
                (HealthState.Unknown, HealthState.Healthy) => LogLevel.Debug,
                _ => LogLevel.Information,
            };
            Changed(logger, level, id.ToString(), revision, HealthFields.Name(standing.State), HealthFields.Name(written.Before), standing.Reason ?? "no fault");
        }
    }

    [LoggerMessage(EventId = 150, EventName = "ModelHealthChanged", Message = "The upstream of {Model} revision {Revision} is {State}, was {Before}: {Reason}")]
    private static partial void Changed(ILogger logger, LogLevel level, string model, long revision, string state, string before, string reason);
}
