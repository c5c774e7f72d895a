using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>Adds to the history at its interval, whether or not a page is open.</summary>
internal sealed class FigureSampler(FigureHistory history, ICatalog catalog, IMeshFigures figures, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FigureHistory.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                history.Take(catalog.Current, figures.Current);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
