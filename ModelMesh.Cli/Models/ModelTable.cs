using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Tables;

namespace ModelMesh.Cli.Models;

/// <summary>Models as rows.</summary>
internal static class ModelTable
{
    public static Listing Of(IEnumerable<ModelView> models)
    {
        var listing = new Listing("name", "version", "backend", "status", "health", "active#", "queued#", "weight#", "rev#");
        foreach (var model in models)
        {
            listing.Add(
                model.Name, model.Version, model.BackendType, Cell.State(model.Status), Cell.State(model.Health?.State ?? "unknown"),
                $"{model.Active?.ToString() ?? "?"}/{model.MaxConcurrency}", model.Queued?.ToString() ?? "?", model.Shadow ? "shadow" : $"{model.Weight}", model.Revision);
        }

        return listing;
    }
}
