using Microsoft.Extensions.Options;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Defaults;
using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.Plugins;

/// <summary>Makes a model's backend from a plugin build.</summary>
internal sealed class BackendMaker(PluginServices services, IOptions<BackendDefaultsTable> defaults)
{
    /// <param name="build">A build of which the caller holds a use.</param>
    /// <param name="model">The model.</param>
    /// <param name="revision">The revision that will be served, or 0 when the settings are only checked.</param>
    /// <param name="secrets">Where the secrets go that the backend is given; whatever it says has to be redacted with them.</param>
    public IBackend Make(PluginBuild build, ModelVersion model, long revision, KnownSecrets secrets)
    {
        // A plugin reads its type's defaults from the configuration, where the key itself may stand.
        if (defaults.Value.Of(build.Type).ApiKey is { } key && !SecretReference.IsMeantAsOne(key))
        {
            secrets.Remember(key);
        }

        return build.Create(new BackendSettings(model.Name, model.Version, model.Backend, secrets.Resolve) { Revision = revision }, services.For(secrets))
            ?? throw new InvalidOperationException("The plugin's factory returned no backend.");
    }
}
