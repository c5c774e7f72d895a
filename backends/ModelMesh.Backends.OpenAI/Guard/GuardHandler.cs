using System.Net.Http.Headers;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.OpenAI.Guard;

/// <summary>
/// Stands between the SDK and the network, and has the SDK see good answers only. Whatever else comes is thrown in the mesh's terms: no connection, a status that is no success
/// (whose body the SDK would read without a bound), a page in place of an answer. The bodies it passes on are bounded, and say when they were cut.
/// </summary>
/// <param name="connections">The plugin's connections, which this does not dispose.</param>
/// <param name="secret">The key that is sent, to be kept out of messages.</param>
/// <param name="time">Turns a date to retry at into a wait.</param>
internal sealed class GuardHandler(HttpMessageHandler connections, string? secret, TimeProvider time) : HttpMessageHandler
{
    private const long MaxWhole = 256L * 1024 * 1024;
    private readonly HttpMessageInvoker _invoker = new(connections, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await AnswerAsync(request, cancellationToken);
        try
        {
            if (!response.IsSuccessStatusCode)
            {
                throw await UpstreamFailure.FromAsync(response, secret, time, cancellationToken);
            }

            await GuardAsync(response, IsStream(request), cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _invoker.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
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

    private static async Task GuardAsync(HttpResponseMessage response, bool isStream, CancellationToken cancellationToken)
    {
        IReadLimit limit = AnswerFormats.Of(response) switch
        {
            AnswerFormat.EventStream when isStream => new EventLimit(),
            AnswerFormat.Unsaid when isStream => new EventLimit(),
            AnswerFormat.Json or AnswerFormat.Unsaid => new LengthLimit(MaxWhole),
            _ => throw AnswerFormats.Unexpected(response),
        };
        var guarded = new StreamContent(await UpstreamStream.OpenAsync(response, limit, cancellationToken));
        foreach (var (name, values) in response.Content.Headers)
        {
            guarded.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = guarded;
    }

    private static bool IsStream(HttpRequestMessage request) => request.Headers.Accept.Contains(new MediaTypeWithQualityHeaderValue(SdkCall.EventStream));
}
