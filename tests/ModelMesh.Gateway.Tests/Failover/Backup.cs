using System.Net.Http.Headers;
using System.Text;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>The model <c>chat</c>, which the model <c>backup</c> stands in for, and requests for it.</summary>
internal static class Backup
{
    public static FakeCatalog Catalog(ModelResilience? resilience = null, ModelTimeouts? timeouts = null, params ModelVersion[] others)
    {
        var chat = FakeCatalog.Model() with { Resilience = resilience ?? new(), Timeouts = timeouts ?? new() };
        return new FakeCatalog([chat, FakeCatalog.Model("backup"), .. others]).With(new RoutingDefaults
        {
            ModelFallbacks = new Dictionary<string, IReadOnlyList<ModelTarget>> { ["chat"] = [new ModelTarget("backup")] },
        });
    }

    /// <summary>What a registry does that fails every request for <c>chat</c>, and serves all others.</summary>
    public static Func<FakeCall, Task> ChatFails(Func<FakeCall, Task> fail) => call => call.Request.Model == "chat" ? fail(call) : call.AnswerAsync("from ", "backup");

    /// <summary>The same, where both are asked at once. A first call that the second overtakes is given up on its way, before anybody has seen it: so the second's answer waits for it.</summary>
    public static Func<FakeCall, Task> ChatFailsInTime(FakeRegistry registry, Func<FakeCall, Task> fail) => async call =>
    {
        if (call.Request.Model != "chat")
        {
            await Eventually.HoldsAsync(() => registry.CallsOf("chat") >= registry.CallsOf("backup"), "the first has come");
        }

        await ChatFails(fail)(call);
    };

    public static Func<FakeCall, Task> ChatFails(ErrorCode code, TimeSpan? retryAfter = null) => ChatFails(_ => throw Error(code, retryAfter: retryAfter));

    public static Grpc.Core.RpcException Error(ErrorCode code, string message = "because", TimeSpan? retryAfter = null) =>
        GrpcErrors.ToRpcException(new MeshException(code, message) { RetryAfter = retryAfter });

    public static int CallsOf(this FakeRegistry registry, string model) => registry.Calls.Count(call => call.Request.Model == model);

    public static string? Header(this HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    /// <summary>A request with headers, answered as a stream or whole.</summary>
    public static async Task<(HttpResponseMessage Response, string Body)> AskAsync(this TestGateway gateway, bool stream, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, stream ? "/infer" : "/v1/chat/completions")
        {
            Content = new StringContent("""{"model":"chat","messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (response, await response.Content.ReadAsStringAsync());
    }
}
