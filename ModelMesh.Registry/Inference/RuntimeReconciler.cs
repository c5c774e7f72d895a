using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>Has the runtimes follow the catalog and the plugins. Handlers only leave a mark; the work is done here.</summary>
internal sealed class RuntimeReconciler(ICatalog catalog, PluginHost plugins, ModelRuntimes runtimes) : BackgroundService
{
    private readonly SemaphoreSlim _changed = new(1);

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        catalog.Changed += CatalogChanged;
        plugins.Changed += Mark;
        try
        {
            while (true)
            {
                await _changed.WaitAsync(stoppingToken);
                if (plugins.Scanned)
                {
                    runtimes.Reconcile();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            catalog.Changed -= CatalogChanged;
            plugins.Changed -= Mark;
        }
    }

    private void CatalogChanged(CatalogChange change) => Mark();

    private void Mark()
    {
        // Marks may pile up a little when two changes race; one pass too many costs nothing.
        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }
    }
}
