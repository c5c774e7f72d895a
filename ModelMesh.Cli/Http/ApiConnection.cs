using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Http;

/// <summary>Calls to one service, with every way in which they fail as a <see cref="CommandFailure"/>. Safe for use by several threads.</summary>
/// <param name="service">What it is called in messages.</param>
/// <param name="address">Ends with a slash.</param>
/// <param name="timeout">For answers that come whole, and for connecting.</param>
internal sealed class ApiConnection(string service, Uri address, string? key, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ConnectTimeout = timeout < LongestConnect ? timeout : LongestConnect, UseCookies = false, MaxConnectionsPerServer = int.MaxValue, AllowAutoRedirect = false,
    })
    {
        BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="body">JSON; null: none.</param>
    /// <param name="ifMatch">The revision or entity tag that a change is about; null: any.</param>
    /// <param name="accepted">A status that is no error to the caller, though it is one.</param>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, string? ifMatch, CancellationToken cancellationToken, int? accepted = null)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = Request(method, path, body, ifMatch);
        try
        {
            using var response = await _client.SendAsync(request, either.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode || status == accepted
                ? new ApiAnswer(status, response.Headers.ETag?.ToString(), bytes)
                : throw ApiErrors.Of(status, Encoding.UTF8.GetString(bytes), service);
        }
        catch (HttpRequestException exception)
        {
            throw NotReachable(exception);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure(
                ExitCodes.NotReachable, "no_answer", $"The {service} at {Shown} did not answer within {Values.Durations.Show(timeout)} (--timeout).");
        }
    }

    /// <summary>Begins an answer of server-sent events; its body is read by the caller, who disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, body, ifMatch: null);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await BeginAsync(request, cancellationToken);
    }

    /// <summary>An answer that comes whole, and may take as long as it likes.</summary>
    public async Task<string> ReadAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, body, ifMatch: null);
        using var response = await BeginAsync(request, cancellationToken);
        try
        {
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw AnswerStream.Cut();
        }
    }

    public void Dispose() => _client.Dispose();

    // Without a password that may stand in it.
    private string Shown => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    private async Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw ApiErrors.Of((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), service);
            }
        }
        catch (HttpRequestException exception)
        {
            throw NotReachable(exception);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? body, string? ifMatch)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        return request;
    }

    private CommandFailure NotReachable(HttpRequestException exception) => new(
        ExitCodes.NotReachable,
        "not_reachable",
        $"The {service} at {Shown} cannot be reached: {(exception.InnerException is SocketException or IOException ? exception.InnerException.Message : exception.Message)}");
}
