using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Plugins;

/// <summary>Makes a model's backend from a plugin build.</summary>
internal sealed class BackendMaker(PluginServices services)
{
    /// <param name="build">A build of which the caller holds a use.</param>
    /// <param name="model">The model.</param>
    /// <param name="revision">The revision that will be served, or 0 when the settings are only checked.</param>
    public IBackend Make(PluginBuild build, ModelVersion model, long revision) =>
        build.Create(new BackendSettings(model.Name, model.Version, model.Backend, Secrets.Resolve) { Revision = revision }, services)
        ?? throw new InvalidOperationException("The plugin's factory returned no backend.");
}
