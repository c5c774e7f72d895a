using System.Diagnostics;
using System.Net.Sockets;

namespace ModelMesh.LocalHosting;

/// <summary>Asks one replica whether it is healthy: until it is, or once.</summary>
internal sealed class HealthProbe : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _client = Client();

    public async Task WaitAsync(ProcessResource resource, int replica, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Poll);
        while (!await IsHealthyAsync(resource, replica, cancellationToken))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>One that has not answered within <paramref name="patience"/> is not healthy.</summary>
    public async Task<bool> IsHealthyAsync(ProcessResource resource, int replica, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(patience);
        try
        {
            return await IsHealthyAsync(resource, replica, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        // Not sampled: a trace of every probe would bury the others on the dashboard.
        client.DefaultRequestHeaders.Add("traceparent", $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00");
        return client;
    }

    private async Task<bool> IsHealthyAsync(ProcessResource resource, int replica, CancellationToken cancellationToken)
    {
        if (resource.HealthPath is { } path && resource.Endpoints.Find(endpoint => endpoint.Scheme == "http") is { } http)
        {
            return await AnswersAsync(new Uri($"http://{Loopback.Host}:{http.TargetPorts[replica]}{path}"), cancellationToken);
        }

        foreach (var endpoint in resource.Endpoints)
        {
            if (!await AcceptsAsync(endpoint.TargetPorts[replica], cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client's own time-out.
            return false;
        }
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(Loopback.At(port), cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
