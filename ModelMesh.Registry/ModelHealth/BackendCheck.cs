using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>
/// Has a backend check its upstream. The plugin's code may block, hang or throw; none of it holds the caller for longer than the time-out, or lets
/// anything of the plugin's out. A check that does not heed cancellation is not called again until it has ended.
/// </summary>
internal sealed class BackendCheck(IOptions<HealthOptions> options, TimeProvider time)
{
    private readonly ConditionalWeakTable<RuntimeEndpoint, Begun> _running = [];

    /// <summary>Whether a backend implements the check itself. The SDK's own say healthy whatever happens, which would call a broken upstream well.</summary>
    public static bool IsImplementedBy(IBackend backend)
    {
        var map = backend.GetType().GetInterfaceMap(typeof(IBackend));
        var index = Array.FindIndex(map.InterfaceMethods, method => method.Name is nameof(IBackend.CheckHealthAsync));
        return map.TargetMethods[index].DeclaringType!.Assembly != typeof(IBackend).Assembly;
    }

    /// <summary>Asks all endpoints at once: one that could serve is enough.</summary>
    /// <returns>The best that was found; null when the runtime is being replaced.</returns>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task<HealthFinding?> RunAsync(ModelRuntime runtime, CancellationToken stopping)
    {
        var findings = await Task.WhenAll(runtime.Endpoints.All.Select(endpoint => RunAsync(runtime, endpoint, stopping)));
        return findings.OfType<HealthFinding>().MinBy(finding => finding.State switch { HealthState.Healthy => 0, HealthState.Starting => 1, _ => 2 });
    }

    private async Task<HealthFinding?> RunAsync(ModelRuntime runtime, RuntimeEndpoint endpoint, CancellationToken stopping)
    {
        if (_running.TryGetValue(endpoint, out var begun))
        {
            return HealthFinding.StillRunning(time.GetElapsedTime(begun.At));
        }

        if (!runtime.TryPin())
        {
            return null;
        }

        _running.Add(endpoint, new Begun(time.GetTimestamp()));
        var limit = options.Value.ProbeTimeout;
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);

        // Off this thread, for it may block.
        var check = Task.Run(() => AskAsync(runtime, endpoint, cancel.Token), CancellationToken.None);
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
            LetGo(runtime, endpoint, check, cancel);
        }
    }

    private static async Task<HealthFinding> AskAsync(ModelRuntime runtime, RuntimeEndpoint endpoint, CancellationToken cancellationToken) =>
        (await FindAsync(endpoint, cancellationToken)).Shown(runtime.Secrets);

    private static async Task<HealthFinding> FindAsync(RuntimeEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoint.Backend.CheckHealthAsync(cancellationToken) is { } health ? HealthFinding.From(health) : HealthFinding.Error("The health check returned nothing.");
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

    private void LetGo(ModelRuntime runtime, RuntimeEndpoint endpoint, Task check, CancellationTokenSource cancel)
    {
        if (!check.IsCompleted)
        {
            _ = EndAsync(runtime, endpoint, check, cancel);
            return;
        }

        cancel.Dispose();
        _running.Remove(endpoint);
        runtime.Unpin();
    }

    // The pin keeps the backend from being disposed under its own check, but not for ever: a check that never ends must not keep a plugin loaded.
    private async Task EndAsync(ModelRuntime runtime, RuntimeEndpoint endpoint, Task check, CancellationTokenSource cancel)
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
        _running.Remove(endpoint);
    }

    private sealed record Begun(long At);
}
