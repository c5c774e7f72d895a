using Microsoft.Extensions.Options;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.Inference;

/// <summary>Makes runtimes. A plugin's code runs in here, so it may block or never return: never call it under a lock or for a caller.</summary>
internal sealed partial class RuntimeMaker(
    BackendMaker backends,
    TimeProvider time,
    IOptions<PluginOptions> options,
    IOptions<HealthOptions> health,
    ILogger<RuntimeEndpoints> endpointsLogger,
    ILogger<RuntimeMaker> logger)
{
    /// <param name="attempt">What to make, with a use of its build, which the runtime takes over or which is let go.</param>
    /// <param name="created">Told of the runtime before anyone else has it.</param>
    /// <param name="tooLate">Called when the plugin has taken longer than it may; it may still return.</param>
    public RuntimeState Make(RuntimeAttempt attempt, Action<ModelRuntime> created, Action<RuntimeState> tooLate)
    {
        var (model, build) = (attempt.Model, attempt.Build);

        // Counted from here, not from when it was asked for: many models may queue for few threads.
        using var limit = time.CreateTimer(_ => tooLate(Failed(attempt, TooLong())), state: null, options.Value.LoadTimeout, Timeout.InfiniteTimeSpan);
        var secrets = new KnownSecrets();
        var made = new List<IBackend>();
        try
        {
            var endpoints = Endpoints(model, at =>
            {
                var backend = backends.Make(build, at, model.Revision, secrets);
                made.Add(backend);
                return backend;
            });
            var standing = new RuntimeHealth(health.Value.FailuresBeforeUnhealthy, endpoints.All(endpoint => endpoint.CanBeProbed), time);
            var runtime = new ModelRuntime(model, build, new RuntimeEndpoints(model, endpoints, time, endpointsLogger), secrets, standing, logger);
            created(runtime);
            return new RuntimeState(model.Revision, build, runtime, null);
        }
        catch (Exception exception)
        {
            _ = LetGoAsync(made, build);
            return Failed(attempt, secrets.Redact(exception is BackendSettingsException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}"));
        }
    }

    // The plugin's own members are asked for after it made the backends, and one of them failed, or not all could be made.
    private static async Task LetGoAsync(IReadOnlyList<IBackend> made, PluginBuild build)
    {
        foreach (var backend in made)
        {
            try
            {
                await backend.DisposeAsync();
            }
            catch (Exception)
            {
                // The first failure is the one to tell.
            }
        }

        build.Release();
    }

    private List<RuntimeEndpoint> Endpoints(ModelVersion model, Func<ModelVersion, IBackend> make)
    {
        if (model.Backends.Count == 0)
        {
            return [new RuntimeEndpoint(EndpointSettings.AddressIn(model), weight: 1, make(model), model.Resilience, time)];
        }

        return [.. model.Backends.Select(endpoint => new RuntimeEndpoint(endpoint.Endpoint, endpoint.Weight, make(EndpointSettings.At(model, endpoint)), model.Resilience, time))];
    }

    private string TooLong() => $"The plugin did not make the backend within {options.Value.LoadTimeout.TotalSeconds:0.#} s.";

    private RuntimeState Failed(RuntimeAttempt attempt, string reason)
    {
        BackendFailed(logger, attempt.Model.Id.ToString(), attempt.Model.Revision, reason);
        return new RuntimeState(attempt.Model.Revision, attempt.Build, null, reason);
    }

    [LoggerMessage(EventId = 206, EventName = "BackendFailed", Level = LogLevel.Warning, Message = "No backend for {Model} revision {Revision}: {Reason}")]
    private static partial void BackendFailed(ILogger logger, string model, long revision, string reason);
}
