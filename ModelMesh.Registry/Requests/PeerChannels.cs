using System.Collections.Concurrent;
using Grpc.Net.Client;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Requests;

/// <summary>One connection to each other replica that was asked something, closed when that replica has gone. Thread-safe.</summary>
internal sealed class PeerChannels : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<GrpcChannel>> _channels = new(StringComparer.Ordinal);
    private readonly IInstanceDirectory _instances;

    public PeerChannels(IInstanceDirectory instances)
    {
        _instances = instances;
        instances.Changed += CloseGone;
    }

    /// <param name="address">Where the replica is reached, as the directory has it.</param>
    public Contracts.V1.Requests.RequestsClient To(string address) => new(_channels.GetOrAdd(address, static to => new Lazy<GrpcChannel>(() => Open(to))).Value);

    public void Dispose()
    {
        _instances.Changed -= CloseGone;
        foreach (var address in _channels.Keys)
        {
            Close(address);
        }
    }

    private static GrpcChannel Open(string address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { UseProxy = false },
        DisposeHttpClient = true,

        // A thousand requests with the longest names and addresses there may be.
        MaxReceiveMessageSize = 16 * 1024 * 1024,

        // Whether a replica is asked again is its caller's to say.
        MaxRetryAttempts = null,
    });

    private void CloseGone()
    {
        var live = _instances.Current.Select(instance => instance.GrpcAddress).ToHashSet(StringComparer.Ordinal);
        foreach (var address in _channels.Keys.Where(address => !live.Contains(address)))
        {
            Close(address);
        }
    }

    private void Close(string address)
    {
        if (_channels.TryRemove(address, out var channel))
        {
            channel.Value.Dispose();
        }
    }
}
