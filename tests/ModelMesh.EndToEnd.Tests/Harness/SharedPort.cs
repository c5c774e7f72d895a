using System.Net;
using System.Net.Sockets;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>One address in front of several services, as a load balancer is: each connection goes to the next of them that takes it.</summary>
internal sealed class SharedPort : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<Uri> _targets;
    private readonly Task _accepting;
    private int _next;

    public SharedPort(IReadOnlyList<Uri> targets)
    {
        _targets = targets;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var service = await ConnectAsync())
        {
            if (service is null)
            {
                return;
            }

            var (near, far) = (client.GetStream(), service.GetStream());
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        foreach (var _ in _targets)
        {
            var target = _targets[(int)((uint)Interlocked.Increment(ref _next) % _targets.Count)];
            var service = new TcpClient();
            try
            {
                await service.ConnectAsync(target.Host, target.Port, _stop.Token);
                return service;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                service.Dispose();
            }
        }

        return null;
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone, and takes the other with it.
        }
    }
}
