using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Rollouts;

/// <summary>
/// Drives the active rollouts, on one replica each; the others look on, and one of them takes over when the driver's hold expires. For each, every
/// <see cref="RolloutOptions.JudgeInterval"/>: 1. hold the wheel, or leave it to who has it; 2. gather the evidence; 3. judge; 4. write what follows, which is refused
/// when the rollout is not as it was. Nothing of this is done, nor any store asked, while no rollout is active.
/// </summary>
internal sealed partial class RolloutDriver : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ICatalog _catalog;
    private readonly RolloutStore _rollouts;
    private readonly DriverLease _lease;
    private readonly EvidenceGatherer _evidence;
    private readonly TimeSpan _interval;
    private readonly ILogger<RolloutDriver> _logger;
    private readonly WakeSignal _wake;
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);

    public RolloutDriver(
        ICatalog catalog, RolloutStore rollouts, DriverLease lease, EvidenceGatherer evidence, IOptions<RolloutOptions> options, TimeProvider time, ILogger<RolloutDriver> logger)
    {
        (_catalog, _rollouts, _lease, _evidence, _interval, _logger) = (catalog, rollouts, lease, evidence, options.Value.JudgeInterval, logger);
        _wake = new WakeSignal(time);
        catalog.Changed += OnChanged;
    }

    public override void Dispose()
    {
        _catalog.Changed -= OnChanged;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await PassAsync(stoppingToken);
                await _wake.WaitAsync(_catalog.Current.Traffic.Rollouts.Values.Any(rollout => rollout.IsActive) ? _interval : Idle, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await LeaveAsync();
        }
    }

    private async Task PassAsync(CancellationToken stoppingToken)
    {
        List<Rollout> active = [.. _catalog.Current.Traffic.Rollouts.Values.Where(rollout => rollout.IsActive)];
        _evidence.KeepOnly(active);
        foreach (var rollout in active)
        {
            stoppingToken.ThrowIfCancellationRequested();
            try
            {
                await DriveAsync(rollout);
            }
            catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
            {
                // It stands still until the store is back; its step's time goes on by the store's clock.
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                DriveFailed(_logger, exception, rollout.RequestId, rollout.Model);
            }
        }
    }

    private async Task DriveAsync(Rollout rollout)
    {
        // 1.
        if (!await _lease.TryHoldAsync(rollout.Model))
        {
            _held.Remove(rollout.Model);
            return;
        }

        if (_held.Add(rollout.Model))
        {
            Drives(_logger, rollout.RequestId, rollout.Model);
        }

        // 2. and 3.
        var evidence = await _evidence.GatherAsync(rollout, _catalog.Current);
        if (RolloutMoves.Apply(rollout, RolloutJudge.Judge(rollout, evidence), evidence) is not { } change)
        {
            return;
        }

        // 4.
        if (await _rollouts.MoveAsync(change) is not { } written)
        {
            await _catalog.RefreshAsync(CancellationToken.None);
            return;
        }

        var isTrouble = written.Status is RolloutStatuses.RolledBack or RolloutStatuses.Failed;
        Moved(_logger, isTrouble ? LogLevel.Warning : LogLevel.Information, written.RequestId, new ModelId(written.Model, written.To).ToString(), written.Status, written.Message);
        if (!written.IsActive)
        {
            _held.Remove(written.Model);
            await _lease.LeaveAsync(written.Model);
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            foreach (var model in _held)
            {
                await _lease.LeaveAsync(model);
            }
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // The hold expires by itself.
        }
    }

    private void OnChanged(CatalogChange change)
    {
        if (!ReferenceEquals(change.Previous.Traffic, change.Current.Traffic))
        {
            _wake.Set();
        }
    }

    [LoggerMessage(EventId = 180, EventName = "RolloutDriven", Level = LogLevel.Information, Message = "This replica drives rollout {Rollout} of {Model}")]
    private static partial void Drives(ILogger logger, string rollout, string model);

    [LoggerMessage(EventId = 181, EventName = "RolloutMoved", Message = "Rollout {Rollout} to {Target} is {Status}: {Reason}")]
    private static partial void Moved(ILogger logger, LogLevel level, string rollout, string target, string status, string reason);

    [LoggerMessage(EventId = 183, EventName = "RolloutDriveFailed", Level = LogLevel.Error, Message = "Driving rollout {Rollout} of {Model} failed; trying again")]
    private static partial void DriveFailed(ILogger logger, Exception exception, string rollout, string model);
}
