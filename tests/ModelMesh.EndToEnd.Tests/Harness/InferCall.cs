using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>One request to <c>/infer</c> that a test can watch while it runs, and walk away from.</summary>
internal sealed class InferCall : IAsyncDisposable
{
    private readonly CancellationTokenSource _leave = new();
    private readonly TaskCompletionSource _firstToken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _tokens;

    private InferCall(HttpClient gateway, JsonObject body) => Outcome = RunAsync(gateway, body);

    /// <summary>Ends when the stream does; throws <see cref="OperationCanceledException"/> once the test has left.</summary>
    public Task<StreamOutcome> Outcome { get; }

    /// <summary>Ends with the first token, or with the request when it has none.</summary>
    public Task FirstToken => Task.WhenAny(_firstToken.Task, Outcome);

    /// <summary>The registry instance that serves the request; known once the first token is.</summary>
    public string? Instance { get; private set; }

    public int Tokens => Volatile.Read(ref _tokens);

    public static InferCall Start(HttpClient gateway, string model, string input, string? version = "v1")
    {
        var body = new JsonObject { ["model"] = model, ["input"] = input };
        if (version is not null)
        {
            body["version"] = version;
        }

        return new InferCall(gateway, body);
    }

    /// <summary>The client goes away: its connection is closed at once.</summary>
    public void Leave() => _leave.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        await Outcome.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _leave.Dispose();
    }

    private async Task<StreamOutcome> RunAsync(HttpClient gateway, JsonObject body)
    {
        var start = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/infer") { Content = JsonContent.Create(body) };
        using var response = await gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _leave.Token);
        var revision = long.TryParse(Header(response, "x-modelmesh-revision"), out var number) ? number : (long?)null;
        Instance = Header(response, "x-modelmesh-instance");
        var text = new StringBuilder();
        string? last = null;
        string? code = null;
        long? doneRevision = null;
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var refusal = JsonNode.Parse(await response.Content.ReadAsStringAsync(_leave.Token));
            code = (string?)refusal?["error"]?["code"];
        }
        else
        {
            try
            {
                await using var stream = await response.Content.ReadAsStreamAsync(_leave.Token);
                await foreach (var item in SseParser.Create(stream).EnumerateAsync(_leave.Token))
                {
                    last = item.EventType;
                    var data = JsonNode.Parse(item.Data)!;
                    switch (last)
                    {
                        case "token":
                            text.Append((string?)data["token"]);
                            Interlocked.Increment(ref _tokens);
                            _firstToken.TrySetResult();
                            break;
                        case "done":
                            doneRevision = (long?)data["revision"];
                            break;
                        default:
                            code = (string?)data["error"]?["code"];
                            break;
                    }
                }
            }
            catch (IOException exception)
            {
                last = $"cut: {exception.Message}";
            }
            catch (HttpRequestException exception)
            {
                last = $"cut: {exception.Message}";
            }
        }

        return new StreamOutcome(
            (int)response.StatusCode, text.ToString(), Tokens, last, code, revision, Instance,
            response.Headers.RetryAfter?.ToString(), Stopwatch.GetElapsedTime(start), doneRevision);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
