using System.Net.Sockets;

namespace ModelMesh.LocalHosting;

/// <summary>All replicas of one resource, and the balancers in front of them.</summary>
internal sealed class ResourceRunner(ProcessResource resource, Rotation rotation, LaunchContext context) : IDisposable
{
    private readonly List<TcpBalancer> _balancers = [];
    private readonly Replica[] _replicas = [.. Enumerable.Range(0, resource.Replicas).Select(index => new Replica(resource, index, rotation, context))];

    public ResourceRunner(ProcessResource resource, LaunchContext context)
        : this(resource, new Rotation(resource.Replicas), context)
    {
    }

    public ProcessResource Resource => resource;

    public IReadOnlyList<int> ProcessIds => [.. _replicas.Select(replica => replica.ProcessId).OfType<int>()];

    /// <summary>Waits for what the resource waits for, starts it, and returns when it is healthy.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(resource.WaitsFor.Select(other => other.Health.WaitAsync(cancellationToken)));
            await StartAgainAsync(cancellationToken);
            resource.Health.SetHealthy();
        }
        catch (LaunchException fault)
        {
            resource.Health.SetFailed(fault);
        }
        catch (OperationCanceledException)
        {
            resource.Health.SetFailed(new LaunchException($"{resource.Name} was stopped before it was healthy."));
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception fault)
        {
            // Whatever it is: a resource that is neither healthy nor failed would be waited for for ever.
            resource.Health.SetFailed(new LaunchException($"{resource.Name} could not be started: {fault.Message}"));
        }
    }

    /// <summary>Starts it without waiting for others: they were healthy once.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in resource.Endpoints.Where(endpoint => endpoint.IsBalanced))
        {
            try
            {
                _balancers.Add(new TcpBalancer(endpoint.Port, endpoint.TargetPorts, rotation));
            }
            catch (SocketException fault)
            {
                throw new LaunchException($"{resource.Name} cannot listen on port {endpoint.Port} (endpoint '{endpoint.Name}'): {fault.Message}");
            }
        }

        await Task.WhenAll(_replicas.Select(replica => replica.StartAsync(cancellationToken)));
    }

    public async Task StopAsync(TimeSpan grace)
    {
        await Task.WhenAll(_replicas.Select(replica => replica.StopAsync(grace)));
        foreach (var balancer in _balancers)
        {
            await balancer.DisposeAsync();
        }

        _balancers.Clear();
    }

    public Task KillAsync(int replica) => _replicas[replica].KillAsync();

    public void Dispose() => Array.ForEach(_replicas, replica => replica.Dispose());
}
