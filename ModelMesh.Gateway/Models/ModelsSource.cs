using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Models;

/// <summary>The newest view of the models, made anew when a request comes after catalog or figures have changed. No store is asked but for a name that is not known. Thread-safe.</summary>
internal sealed class ModelsSource(ICatalog catalog, IMeshFigures figures)
{
    private readonly Lock _lock = new();
    private volatile ModelsView? _view;

    public ModelsView Current
    {
        get
        {
            if (Valid(_view) is { } view)
            {
                return view;
            }

            lock (_lock)
            {
                return Valid(_view) ?? (_view = new ModelsView(catalog.Current, figures.Current, _view));
            }
        }
    }

    /// <summary>A model that is not known may have been registered a moment ago: the store is asked before the answer is no.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>model_not_found</c>, or <c>store_unavailable</c> when the store could not be asked.</exception>
    public async ValueTask<ModelEntry> FindAsync(string id, string? version, CancellationToken cancellationToken)
    {
        if (Current.Find(id, version) is { } entry)
        {
            return entry;
        }

        await catalog.RefreshAsync(cancellationToken);
        var view = Current;
        return view.Find(id, version) ?? throw NotFoundMessage.For(view.Catalog, view.Nearest(id, version));
    }

    private ModelsView? Valid(ModelsView? view) => view is not null && view.Catalog == catalog.Current && view.Figures == figures.Current ? view : null;
}
