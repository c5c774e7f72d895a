using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>
/// Probes the upstreams that no traffic tells of. A model version is probed when this replica thinks that a probe is due and the store, which knows what
/// all replicas found, gives it the turn. Some at a time, so that one that hangs holds up few others.
/// </summary>
internal sealed partial class HealthProber(
    ICatalog catalog,
    ModelRuntimes runtimes,
    HealthStore records,
    HealthReporter reporter,
    BackendCheck check,
    HealthTelemetry telemetry,
    StoreConnection store,
    IOptions<HealthOptions> options,
    TimeProvider time,
    ILogger<HealthProber> logger) : BackgroundService
{
    private const int MostAtOnce = 16;

    private readonly SemaphoreSlim _free = new(MostAtOnce);
    private readonly ConcurrentDictionary<ModelRuntime, byte> _probing = new();

    public override void Dispose()
    {
        _free.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Probes)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(HealthPace.Looking(options.Value), time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }

        // Those under way end by the same token; after them nobody needs the slots.
        for (var i = 0; i < MostAtOnce; i++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        var left = HealthPace.MostALook(options.Value);
        foreach (var runtime in runtimes.Serving)
        {
            if (left == 0 || !store.IsConnected)
            {
                return;
            }

            if (!_probing.ContainsKey(runtime) && MayProbe(runtime))
            {
                await _free.WaitAsync(stoppingToken);
                _probing.TryAdd(runtime, 0);
                _ = ProbeAsync(runtime, stoppingToken);
                left--;
            }
        }
    }

    private bool MayProbe(ModelRuntime runtime) =>
        runtime.Health.MayProbe(options.Value.ProbeInterval)
        && catalog.Current.Find(runtime.Model.Id) is { Draining: false } model
        && model.Revision == runtime.Model.Revision;

    private async Task ProbeAsync(ModelRuntime runtime, CancellationToken stoppingToken)
    {
        try
        {
            await TakeTurnAndProbeAsync(runtime, stoppingToken);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // Looking pauses until the store is back; a turn that was taken expires.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            ProbeFailed(logger, runtime.Model.Id.ToString(), exception);
            runtime.Health.ProbeNotBefore(options.Value.ProbeInterval);
        }
        finally
        {
            _probing.TryRemove(runtime, out _);
            _free.Release();
        }
    }

    private async Task TakeTurnAndProbeAsync(ModelRuntime runtime, CancellationToken stoppingToken)
    {
        var turn = await records.TakeTurnAsync(runtime.Model.Id, runtime.Model.Revision, HealthPace.TurnOf(options.Value));
        if (!turn.IsOurs)
        {
            runtime.Health.ProbeNotBefore(turn.AskAgainIn ?? options.Value.ProbeInterval);
            return;
        }

        if (await check.RunAsync(runtime, stoppingToken) is not { } finding)
        {
            return;
        }

        telemetry.Probed(finding.Outcome);
        if (catalog.Current.Find(runtime.Model.Id) is null)
        {
            // Deleted meanwhile: it gets no record again.
            return;
        }

        var standing = HealthJudge.AfterProbe(runtime.Health.Current.Standing, finding);
        await reporter.ReportAsync(runtime, HealthSource.Active, standing, standing.State == HealthState.Unhealthy ? standing.Reason : null, finding.Details);
    }

    [LoggerMessage(EventId = 152, EventName = "HealthProbeFailed", Level = LogLevel.Error, Message = "Probing {Model} failed; trying again")]
    private static partial void ProbeFailed(ILogger logger, string model, Exception exception);
}
