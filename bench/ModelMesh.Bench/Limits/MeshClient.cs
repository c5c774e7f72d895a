using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ModelMesh.Bench.Limits;

/// <summary>The least a client can do: send a request, read bytes. What it costs is part of every figure, for it shares the machine.</summary>
internal sealed class MeshClient(Uri gateway, Uri registry) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 10_000, UseCookies = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Registers a mock model for the time that the result is not disposed.</summary>
    public async Task<IAsyncDisposable> RegisterAsync(string name, JsonObject backend, int maxConcurrency)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(registry, "/models"), new JsonObject
        {
            ["name"] = name, ["version"] = "v1", ["backend_type"] = "mock", ["max_concurrency"] = maxConcurrency, ["backend"] = backend,
        });
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"Registering {name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        return new Registration(this, name);
    }

    /// <summary>Opens a stream and returns it with its first bytes read: the time until then is the time to first token.</summary>
    public async Task<OpenStream> OpenAsync(string model, string input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "/infer"))
        {
            Content = JsonContent.Create(new JsonObject { ["model"] = model, ["version"] = "v1", ["input"] = input }),
        };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{model}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        return await OpenStream.StartAsync(response);
    }

    public void Dispose() => _http.Dispose();

    private sealed class Registration(MeshClient client, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using var response = await client._http.DeleteAsync(new Uri(client.Registry, $"/models/{name}/versions/v1?drain=true"));
        }
    }

    private Uri Registry => registry;
}
