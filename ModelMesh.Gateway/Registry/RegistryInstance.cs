using Grpc.Net.Client;
using ModelMesh.Contracts.Instances;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Lifetimes;

namespace ModelMesh.Gateway.Registry;

/// <summary>
/// One registry instance and the channel to it. Counted: the fleet holds one use until the instance is gone from the directory, each stream
/// holds one until it ends, and the last to let go closes the channel. Thread-safe, without locks.
/// </summary>
internal sealed class RegistryInstance : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly UseCount _uses = new();
    private InstanceInfo _info;
    private Quarantine _quarantine = Quarantine.None;

    public RegistryInstance(InstanceInfo info, GrpcChannel channel)
    {
        (_info, _channel) = (info, channel);
        Client = new Inference.InferenceClient(channel);
    }

    public Inference.InferenceClient Client { get; }

    /// <summary>What the directory said last.</summary>
    public InstanceInfo Info
    {
        get => Volatile.Read(ref _info);
        set => Volatile.Write(ref _info, value);
    }

    public InstanceView View => new(Info, _uses.Count - 1, Volatile.Read(ref _quarantine));

    /// <summary>Opens a connection before the first request needs it. A failure shows when a request comes.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => _channel.ConnectAsync(cancellationToken);

    /// <summary>False when the channel is closed already: the instance has gone since it was chosen.</summary>
    public bool TryUse() => _uses.TryAdd();

    /// <summary>Gives one use back.</summary>
    public void Dispose()
    {
        if (_uses.Release())
        {
            _channel.Dispose();
        }
    }

    public void Answered() => Volatile.Write(ref _quarantine, Quarantine.None);

    /// <summary>Two failures at one moment may overwrite each other: they say the same.</summary>
    public void ConnectionFailed(TimeSpan now, RegistryOptions options) => Volatile.Write(
        ref _quarantine,
        Volatile.Read(ref _quarantine).AfterFailure(now, options.QuarantineBase, options.QuarantineMax, Random.Shared.NextDouble()));
}
