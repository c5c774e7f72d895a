using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>
/// HTTP to one model's upstream: its key, the request's id, and the mesh's terms for every failure. Thread-safe. Owns its lease of the connections.
/// </summary>
/// <param name="connections">A share of the plugin's connections, given back by <see cref="Dispose"/>.</param>
/// <param name="apiKey">Sent as <c>Authorization: Bearer</c>; null sends none.</param>
/// <param name="time">Turns a date to retry at into a wait, and bounds the reading of what explains a failure.</param>
public sealed class UpstreamHttp(ConnectionLease connections, string? apiKey, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(connections.Handler, disposeHandler: false);
    private readonly AuthenticationHeaderValue? _authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey);

    /// <summary>
    /// Sends a request and returns its answer as soon as the headers are there, for the caller to read and dispose. A refusal by a content filter has a
    /// <see cref="ContentFilterException"/> as its inner exception.
    /// </summary>
    /// <param name="uri">Where to.</param>
    /// <param name="body">The request; may be disposed when this has ended.</param>
    /// <param name="accept">The media type wanted.</param>
    /// <param name="requestId">Sent as <c>x-request-id</c>; null sends none.</param>
    /// <exception cref="BackendException">There was no answer, or one that is no success.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the socket is closed.</exception>
    public async Task<HttpResponseMessage> PostAsync(Uri uri, JsonBody body, string accept, string? requestId, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, uri, accept, requestId);
        request.Content = body.ToContent();
        var response = await SendAsync(request, cancellationToken);
        body.Sent();
        await ThrowUnlessSuccessAsync(response, cancellationToken);
        return response;
    }

    /// <summary>Sends a request and reads its whole answer, at most 256 MB of JSON.</summary>
    /// <exception cref="BackendException">There was no answer, one that is no success, or one that is not the JSON it should be.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the socket is closed.</exception>
    public async Task<T> PostAsync<T>(Uri uri, JsonBody body, JsonTypeInfo<T> type, string? requestId, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(uri, body, "application/json", requestId, cancellationToken);
        return await JsonAnswer.ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Asks for JSON.</summary>
    /// <exception cref="BackendException">There was no answer, one that is no success, or one that is not the JSON it should be.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the socket is closed.</exception>
    public async Task<T> GetAsync<T>(Uri uri, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await GetAsync(uri, "application/json", cancellationToken);
        await ThrowUnlessSuccessAsync(response, cancellationToken);
        return await JsonAnswer.ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Asks for anything, and returns the answer whatever its status, for the caller to read and dispose.</summary>
    /// <exception cref="BackendException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the socket is closed.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri uri, string accept, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, uri, accept, requestId: null);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Asks for anything, and returns its status with the beginning of its body: at most <paramref name="limit"/> bytes. For probes, which are bounded as a whole.</summary>
    /// <exception cref="BackendException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the socket is closed.</exception>
    public async Task<UpstreamProbe> ProbeAsync(Uri uri, int limit, CancellationToken cancellationToken)
    {
        using var response = await GetAsync(uri, "*/*", cancellationToken);
        return new UpstreamProbe((int)response.StatusCode, await ErrorBody.ReadAsync(response, limit, Timeout.InfiniteTimeSpan, time, cancellationToken));
    }

    /// <summary>The failure that an error inside a stream is.</summary>
    public BackendException Failure(UpstreamError error) => UpstreamFailure.From(error, apiKey);

    /// <summary>The failure that a probe's answer is; only where it is no success.</summary>
    public BackendException Failure(UpstreamProbe probe) => UpstreamFailure.From(probe.Status, probe.Body, apiKey, retryAfter: null);

    /// <summary>Gives the lease of the connections back.</summary>
    public void Dispose()
    {
        _invoker.Dispose();
        connections.Dispose();
    }

    private HttpRequestMessage Request(HttpMethod method, Uri uri, string accept, string? requestId)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.Authorization = _authorization;
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", "ModelMesh");
        if (RequestIdHeader.CanCarry(requestId))
        {
            request.Headers.TryAddWithoutValidation(RequestIdHeader.Name, requestId);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoker.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (TransportFailure.IsOne(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw TransportFailure.BeforeAnswer(exception);
        }
    }

    internal async Task ThrowUnlessSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        using (response)
        {
            throw await UpstreamFailure.FromAsync(response, apiKey, time, cancellationToken);
        }
    }
}
