using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace ModelMesh.Scripts;

/// <summary>The two APIs as a script uses them: the registry's for operators, the gateway's for applications.</summary>
internal sealed class Mesh(string gateway, string registry) : IDisposable
{
    // Without a drain time-out a response that is disposed closes its connection at once, as a client that goes away does.
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 10_000, ResponseDrainTimeout = TimeSpan.Zero }) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    /// <summary>Where a model version is in the registry's API.</summary>
    public static string PathOf(string name, string version) => $"/models/{Uri.EscapeDataString(name)}/versions/{Uri.EscapeDataString(version)}";

    public Task<Answer> RegisterAsync(JsonObject model) => SendAsync(HttpMethod.Post, "/models", model);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> ReadAsync(string name, string version) => SendAsync(HttpMethod.Get, PathOf(name, version));

    public Task<Answer> UpdateAsync(string name, string version, JsonObject model, string? ifMatch = null) => SendAsync(HttpMethod.Put, PathOf(name, version), model, ifMatch);

    public Task<Answer> DeleteAsync(string name, string version, bool drain = false) =>
        SendAsync(HttpMethod.Delete, PathOf(name, version) + (drain ? "?drain=true" : ""));

    /// <summary>Opens a stream. A refusal is an answer with a status other than 200 and no events.</summary>
    public async Task<InferStream> InferAsync(JsonObject body, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway + "/infer") { Content = Json(body) };
        var response = await Reach(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), gateway);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return new InferStream(response, null);
        }

        return new InferStream(response, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)));
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task<HttpResponseMessage> Reach(Task<HttpResponseMessage> sending, string address)
    {
        try
        {
            return await sending;
        }
        catch (HttpRequestException exception)
        {
            throw new ScriptException($"nothing answers at {address}: {exception.Message}. Start the mesh first: dotnet run --project ModelMesh.AppHost");
        }
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, JsonObject? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, registry + path) { Content = body is null ? null : Json(body) };
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{ifMatch}\""));
        }

        using var response = await Reach(_http.SendAsync(request), registry);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.RetryAfter?.ToString());
    }
}

internal sealed record Answer(int Status, JsonNode? Body, string? RetryAfter)
{
    public string? ErrorCode => (string?)Body?["error"]?["code"];
}

/// <summary>One answer of <c>/infer</c>: events while they come, or the refusal's body.</summary>
internal sealed class InferStream(HttpResponseMessage response, JsonNode? refusal) : IDisposable
{
    public int Status => (int)response.StatusCode;

    public string? ErrorCode => (string?)refusal?["error"]?["code"];

    public string? RetryAfter => response.Headers.RetryAfter?.ToString();

    public string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    public async IAsyncEnumerable<(string Event, JsonNode Data)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            yield return (item.EventType, JsonNode.Parse(item.Data)!);
        }
    }

    /// <summary>Reads to the end: the whole text, and <c>done</c>, <c>error</c> or nothing as the last event.</summary>
    public async Task<(string Text, string? Last, JsonNode? LastData)> ReadToEndAsync()
    {
        var text = new StringBuilder();
        await foreach (var (name, data) in ReadAsync())
        {
            if (name != "token")
            {
                return (text.ToString(), name, data);
            }

            text.Append((string?)data["token"]);
        }

        return (text.ToString(), null, null);
    }

    public void Dispose() => response.Dispose();
}
