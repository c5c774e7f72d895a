using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Tells the store what this replica counted, a few times a second while a rollout is active, and once more at the end.</summary>
internal sealed partial class TallySync : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly RolloutTally _tally;
    private readonly TallyStore _tallies;
    private readonly ICatalog _catalog;
    private readonly TimeSpan _interval;
    private readonly ILogger<TallySync> _logger;
    private readonly WakeSignal _wake;

    public TallySync(RolloutTally tally, TallyStore tallies, ICatalog catalog, IOptions<RolloutOptions> options, TimeProvider time, ILogger<TallySync> logger)
    {
        (_tally, _tallies, _catalog, _interval, _logger) = (tally, tallies, catalog, options.Value.TellInterval, logger);
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
                await _wake.WaitAsync(_catalog.Current.Traffic.Rollouts.Values.Any(rollout => rollout.IsActive) ? _interval : Idle, stoppingToken);
                await PassAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what its last streams did still counts.
            await PassAsync();
        }
    }

    private async Task PassAsync()
    {
        try
        {
            foreach (var batch in _tally.ToTell())
            {
                await _tallies.AddAsync(batch);
                _tally.Told(batch);
            }
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // It is told when the store is back.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            PassFailed(_logger, exception);
        }
    }

    private void OnChanged(CatalogChange change)
    {
        if (!ReferenceEquals(change.Previous.Traffic, change.Current.Traffic))
        {
            _wake.Set();
        }
    }

    [LoggerMessage(EventId = 182, EventName = "RolloutTallyNotTold", Level = LogLevel.Error, Message = "Telling what a rollout's requests did failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);
}
