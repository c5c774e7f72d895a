using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Shadows;

/// <summary>Tells the store what was counted, every so often and once more at the end.</summary>
internal sealed partial class ShadowSync(ShadowTally tally, IShadowFigures figures, IOptions<ShadowOptions> options, TimeProvider time, ILogger<ShadowSync> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.TellInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TellAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TellAsync();
        }
    }

    private async Task TellAsync()
    {
        foreach (var batch in tally.ToTell())
        {
            try
            {
                await figures.AddAsync(batch);
                tally.Told(batch);
            }
            catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
            {
                // It is told when the store is back.
                return;
            }
            catch (Exception exception)
            {
                NotTold(exception);
            }
        }
    }

    [LoggerMessage(EventId = 260, EventName = "ShadowFiguresNotTold", Level = LogLevel.Error, Message = "Telling what copies for a shadow version came to failed; trying again")]
    private partial void NotTold(Exception exception);
}
