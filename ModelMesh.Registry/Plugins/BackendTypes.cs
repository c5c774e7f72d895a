using Microsoft.Extensions.Options;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.Plugins;

internal sealed class BackendTypes(PluginHost host, BackendMaker maker, ModelRuntimes runtimes, IModelHealth health, IOptions<PluginOptions> options) : IBackendTypes
{
    public Task SettleAsync(ModelId id, CancellationToken cancellationToken) => runtimes.SettleAsync(id, cancellationToken);

    public ModelStatus StatusOf(ModelVersion model)
    {
        // To who waits for a model it is the same whether its plugin or its upstream still loads.
        var status = runtimes.StatusOf(model);
        return status.State is "ready" && health.Of(model).Standing is { State: HealthState.Starting } starting ? new ModelStatus("loading", starting.Reason) : status;
    }

    public async Task ValidateAsync(ModelVersion model, CancellationToken cancellationToken)
    {
        // A build that is replaced between the two has its successor in the table by then.
        var build = Loaded(model.BackendType);
        while (!build.TryUse())
        {
            build = Loaded(model.BackendType);
        }

        // A plugin's code may block or never return; neither may hold the caller or a thread of its.
        var check = Task.Run(() => CheckAsync(build, model), CancellationToken.None);
        try
        {
            await check.WaitAsync(options.Value.LoadTimeout, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new MeshException(ErrorCode.BackendError, $"The plugin '{build.FolderName}' did not check the settings in time.", exception);
        }
    }

    private PluginBuild Loaded(string type) => host.Find(type) ?? throw (host.IsLoading
        ? new MeshException(ErrorCode.BackendUnavailable, host.WhyMissing(type))
        : MeshException.Invalid("backend_type", $"{host.WhyMissing(type)} Loaded are: {string.Join(", ", host.Table.Types)}."));

    private async Task CheckAsync(PluginBuild build, ModelVersion model)
    {
        var secrets = new KnownSecrets();
        try
        {
            await maker.Make(build, model, revision: 0, secrets).DisposeAsync();
        }
        catch (BackendSettingsException exception)
        {
            throw secrets.Redact(MeshException.Invalid([.. exception.Faults.Select(fault => new ErrorDetail(fault.Field.Length == 0 ? "backend" : $"backend.{fault.Field}", fault.Message))]));
        }
        catch (Exception exception) when (exception is not MeshException)
        {
            throw secrets.Redact(MeshException.Invalid("backend", $"The plugin '{build.FolderName}' could not make a backend of it: {exception.Message}"));
        }
        finally
        {
            build.Release();
        }
    }
}
