using System.Text;
using System.Text.RegularExpressions;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI.Responses;

/// <summary>A gateway whose one registry plays what a test wrote, and requests of the API to it.</summary>
internal sealed class ResponsesGateway : IAsyncDisposable
{
    public const string RequestId = "r1";
    public const string Streamed = """{"model":"chat","input":"hi","stream":true}""";
    public const string Whole = """{"model":"chat","input":"hi"}""";

    private readonly FakeRegistry _registry;
    private readonly TestGateway _gateway;

    private ResponsesGateway(FakeRegistry registry, TestGateway gateway) => (_registry, _gateway) = (registry, gateway);

    public InferRequest Asked => Assert.Single(_registry.Calls).Request;

    public FakeRegistry Registry => _registry;

    public Uri Address => _gateway.Address;

    public HttpClient Client => _gateway.Client;

    public static async Task<ResponsesGateway> StartAsync(Func<FakeCall, Task>? behave = null, params string[] args)
    {
        var registry = await FakeRegistry.StartAsync();
        registry.Behave = behave ?? registry.Behave;
        return new ResponsesGateway(registry, await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), args, registry));
    }

    /// <summary>A registry that sends these and completes.</summary>
    public static Task<ResponsesGateway> StartAsync(Completed completed, params Delta[] deltas) => StartAsync(async call =>
    {
        await call.AcceptAsync();
        foreach (var delta in deltas)
        {
            await call.SendAsync(new Deltas { Items = { delta } });
        }

        await call.CompleteAsync(completed);
    });

    public Task<HttpResponseMessage> SendAsync(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", RequestId);
        return _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The body of an answer, with the time it was made at replaced by 1.</summary>
    public async Task<string> AnswerAsync(string body)
    {
        using var response = await SendAsync(body);
        return WithoutTime(await response.Content.ReadAsStringAsync());
    }

    public static string WithoutTime(string answer) => Regex.Replace(answer, "\"created_at\":\\d+", "\"created_at\":1", RegexOptions.NonBacktracking);

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _registry.DisposeAsync();
    }
}
