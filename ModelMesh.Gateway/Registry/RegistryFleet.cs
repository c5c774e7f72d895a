using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.Gateway.Registry.Balancing;
using ModelMesh.Gateway.Registry.Waiting;
using ModelMesh.Gateway.Registry.Wire;
using ModelMesh.ServiceDefaults.Balancing;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Gateway.Registry;

/// <summary>A connection to every live registry instance, kept in step with the directory. Requests read one immutable list.</summary>
internal sealed partial class RegistryFleet : IDisposable
{
    private readonly IInstanceDirectory _directory;
    private readonly RegistryOptions _options;
    private readonly IBalancer _balancer;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<RegistryFleet> _logger;
    private readonly Lock _following = new();
    private readonly CancellationTokenSource _stopped = new();
    private ImmutableArray<RegistryInstance> _instances = [];
    private uint _turn;

    public RegistryFleet(IInstanceDirectory directory, IOptions<RegistryOptions> options, TimeProvider time, ILoggerFactory loggers)
    {
        (_directory, _options, _time, _loggers) = (directory, options.Value, time, loggers);
        _balancer = Balancers.Of(_options.Balancing);
        _logger = loggers.CreateLogger<RegistryFleet>();
    }

    public int Count => _instances.Length;

    /// <summary>The clock that waits at instances are measured by.</summary>
    public TimeProvider Time => _time;

    /// <summary>Whether the choice looks at how a prompt begins.</summary>
    public bool LooksAtPrompts => _balancer.Name == BalancingPolicies.PrefixAffinity;

    public void Start()
    {
        _directory.Changed += Follow;
        Follow();
    }

    /// <summary>The instance to ask next, in use until it is disposed; null when there is none left.</summary>
    public RegistryInstance? Take(string backendType, IReadOnlySet<string> tried, BalanceHint hint = default)
    {
        for (;;)
        {
            var instances = _instances;
            var views = new InstanceView[instances.Length];
            for (var i = 0; i < views.Length; i++)
            {
                views[i] = instances[i].View;
            }

            var request = new BalanceRequest(hint.HashKey, hint.PrefixHash, Interlocked.Increment(ref _turn), Random.Shared.NextDouble(), Random.Shared.NextDouble());
            var chosen = InstanceChoice.Choose(views, backendType, tried, Now(), _balancer, request);
            if (chosen < 0)
            {
                return null;
            }

            if (instances[chosen].TryUse())
            {
                return instances[chosen];
            }

            // It has gone this moment. Choosing it again could go on for ever.
            tried = new HashSet<string>(tried, StringComparer.Ordinal) { instances[chosen].Info.Id };
        }
    }

    /// <summary>How long an instance may be silent over a request for this model.</summary>
    public WaitBounds BoundsOf(ModelVersion model) => WaitBounds.Of(model, _options.AcceptTimeout);

    /// <summary>Whether there is an instance that was not tried.</summary>
    public bool HasOther(IReadOnlySet<string> tried)
    {
        foreach (var instance in _instances)
        {
            if (!instance.Info.Stopping && !tried.Contains(instance.Info.Id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Remembers that the connection to an instance failed, so that others are asked first for a while.</summary>
    public void Avoid(RegistryInstance instance) => instance.ConnectionFailed(Now(), _options);

    public void Dispose()
    {
        _directory.Changed -= Follow;
        lock (_following)
        {
            _stopped.Cancel();
            var open = _instances;
            _instances = [];
            foreach (var instance in open)
            {
                instance.Dispose();
            }
        }

        _stopped.Dispose();
    }

    private TimeSpan Now() => _time.GetElapsedTime(0);

    private void Follow()
    {
        // Not on the request path: the directory changes when an instance comes or goes.
        lock (_following)
        {
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            var before = _instances;
            _instances = [.. _directory.Current.Select(info => Keep(before, info) ?? Open(info)).OfType<RegistryInstance>()];
            foreach (var gone in before.Except(_instances))
            {
                Gone(gone.Info.Id);
                gone.Dispose();
            }
        }
    }

    private static RegistryInstance? Keep(ImmutableArray<RegistryInstance> before, InstanceInfo info)
    {
        var kept = before.FirstOrDefault(instance => instance.Info.Id == info.Id && instance.Info.GrpcAddress == info.GrpcAddress);
        kept?.Info = info;
        return kept;
    }

    private RegistryInstance? Open(InstanceInfo info)
    {
        if (!FixedInstances.IsValid(info.GrpcAddress))
        {
            NoAddress(info.Id, info.GrpcAddress);
            return null;
        }

        Joined(info.Id, info.GrpcAddress);
        var instance = new RegistryInstance(info, new RegistryConnection(info.GrpcAddress, _options, _loggers));
        _ = ConnectEarlyAsync(instance);
        return instance;
    }

    private async Task ConnectEarlyAsync(RegistryInstance instance)
    {
        try
        {
            await instance.ConnectAsync(_stopped.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The instance or the gateway went first.
        }
    }
}
