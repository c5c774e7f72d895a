using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>
/// Has a backend check its upstream. The plugin's code may block, hang or throw; none of it holds the caller for longer than the time-out, or lets
/// anything of the plugin's out. A check that does not heed cancellation is not called again until it has ended.
/// </summary>
internal sealed class BackendCheck(IOptions<HealthOptions> options, TimeProvider time)
{
    private readonly ConditionalWeakTable<ModelRuntime, Begun> _running = [];

    /// <summary>Whether a backend implements the check itself. The SDK's own say healthy whatever happens, which would call a broken upstream well.</summary>
    public static bool IsImplementedBy(IBackend backend)
    {
        var map = backend.GetType().GetInterfaceMap(typeof(IBackend));
        var index = Array.FindIndex(map.InterfaceMethods, method => method.Name is nameof(IBackend.CheckHealthAsync));
        return map.TargetMethods[index].DeclaringType!.Assembly != typeof(IBackend).Assembly;
    }

    /// <returns>What it found; null when the runtime is being replaced.</returns>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task<HealthFinding?> RunAsync(ModelRuntime runtime, CancellationToken stopping)
    {
        if (_running.TryGetValue(runtime, out var begun))
        {
            return HealthFinding.StillRunning(time.GetElapsedTime(begun.At));
        }

        if (!runtime.TryPin())
        {
            return null;
        }

        _running.Add(runtime, new Begun(time.GetTimestamp()));
        var limit = options.Value.ProbeTimeout;
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);

        // Off this thread, for it may block.
        var check = Task.Run(() => AskAsync(runtime, cancel.Token), CancellationToken.None);
        try
        {
            return await check.WaitAsync(limit, time, stopping);
        }
        catch (TimeoutException)
        {
            return HealthFinding.TimedOut(limit);
        }
        finally
        {
            LetGo(runtime, check, cancel);
        }
    }

    private static async Task<HealthFinding> AskAsync(ModelRuntime runtime, CancellationToken cancellationToken) =>
        (await FindAsync(runtime, cancellationToken)).Shown(runtime.Secrets);

    private static async Task<HealthFinding> FindAsync(ModelRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.Backend.CheckHealthAsync(cancellationToken) is { } health ? HealthFinding.From(health) : HealthFinding.Error("The health check returned nothing.");
        }
        catch (BackendException exception)
        {
            return HealthFinding.Error(exception.Message);
        }
        catch (Exception exception)
        {
            // Its message may hold a secret, and the exception itself would hold the plugin.
            return HealthFinding.Error($"The health check threw {exception.GetType().Name}.");
        }
    }

    private void LetGo(ModelRuntime runtime, Task check, CancellationTokenSource cancel)
    {
        if (!check.IsCompleted)
        {
            _ = EndAsync(runtime, check, cancel);
            return;
        }

        cancel.Dispose();
        _running.Remove(runtime);
        runtime.Unpin();
    }

    // The pin keeps the backend from being disposed under its own check, but not for ever: a check that never ends must not keep a plugin loaded.
    private async Task EndAsync(ModelRuntime runtime, Task check, CancellationTokenSource cancel)
    {
        try
        {
            await cancel.CancelAsync();
        }
        catch (AggregateException)
        {
            // A plugin's callback threw; the token is cancelled all the same.
        }

        await Task.WhenAny(check, Task.Delay(options.Value.ProbeTimeout, time, CancellationToken.None));
        runtime.Unpin();
        await check;
        cancel.Dispose();
        _running.Remove(runtime);
    }

    private sealed record Begun(long At);
}
