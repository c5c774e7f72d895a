using Microsoft.Extensions.Options;
using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.Inference;

/// <summary>Makes runtimes. A plugin's code runs in here, so it may block or never return: never call it under a lock or for a caller.</summary>
internal sealed partial class RuntimeMaker(
    BackendMaker backends, TimeProvider time, IOptions<PluginOptions> options, IOptions<HealthOptions> health, ILogger<RuntimeMaker> logger)
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
        IBackend? backend = null;
        try
        {
            backend = backends.Make(build, model, model.Revision, secrets);
            var standing = new RuntimeHealth(health.Value.FailuresBeforeUnhealthy, BackendCheck.IsImplementedBy(backend), time);
            var runtime = new ModelRuntime(model, build, backend, secrets, standing, new RateLimitHold(time), logger);
            created(runtime);
            return new RuntimeState(model.Revision, build, runtime, null);
        }
        catch (Exception exception)
        {
            _ = LetGoAsync(backend, build);
            return Failed(attempt, secrets.Redact(exception is BackendSettingsException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}"));
        }
    }

    // The plugin's own members were asked for after it made the backend, and one of them failed.
    private static async Task LetGoAsync(IBackend? backend, PluginBuild build)
    {
        try
        {
            await (backend?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception)
        {
            // The first failure is the one to tell.
        }

        build.Release();
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
