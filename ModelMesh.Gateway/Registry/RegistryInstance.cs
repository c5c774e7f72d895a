using ModelMesh.Contracts.Instances;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry.Wire;
using ModelMesh.ServiceDefaults.Lifetimes;

namespace ModelMesh.Gateway.Registry;

/// <summary>
/// One registry instance and the connection to it. Counted: the fleet holds one use until the instance is gone from the directory, each stream
/// holds one until it ends, and the last to let go closes the connection. Thread-safe, without locks.
/// </summary>
internal sealed class RegistryInstance : IDisposable
{
    private readonly RegistryConnection _connection;
    private readonly UseCount _uses = new();
    private InstanceInfo _info;
    private Quarantine _quarantine = Quarantine.None;

    public RegistryInstance(InstanceInfo info, RegistryConnection connection) => (_info, _connection) = (info, connection);

    /// <summary>For all calls but <see cref="Infer"/>.</summary>
    public Inference.InferenceClient Client => _connection.Client;

    /// <summary>What the directory said last.</summary>
    public InstanceInfo Info
    {
        get => Volatile.Read(ref _info);
        set => Volatile.Write(ref _info, value);
    }

    public InstanceView View => new(Info, _uses.Count - 1, Volatile.Read(ref _quarantine));

    /// <summary>Opens a connection before the first request needs it. A failure shows when a request comes.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => _connection.OpenAsync(cancellationToken);

    /// <param name="stop">Ends the call.</param>
    public InferCall Infer(InferRequest request, CancellationTokenSource stop) => _connection.Infer(request, stop);

    /// <summary>False when the connection is closed already: the instance has gone since it was chosen.</summary>
    public bool TryUse() => _uses.TryAdd();

    /// <summary>Gives one use back.</summary>
    public void Dispose()
    {
        if (_uses.Release())
        {
            _connection.Dispose();
        }
    }

    public void Answered() => Volatile.Write(ref _quarantine, Quarantine.None);

    /// <summary>Two failures at one moment may overwrite each other: they say the same.</summary>
    public void ConnectionFailed(TimeSpan now, RegistryOptions options) => Volatile.Write(
        ref _quarantine,
        Volatile.Read(ref _quarantine).AfterFailure(now, options.QuarantineBase, options.QuarantineMax, Random.Shared.NextDouble()));
}
