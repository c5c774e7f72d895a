using System.Text;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Anthropic;

/// <summary>Calls <c>POST /v1/messages</c>, and says what a backend answers.</summary>
internal static class MessagesClient
{
    public const string RequestId = "r-1";

    public static Task<HttpResponseMessage> MessagesAsync(this TestGateway gateway, string body, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", RequestId);
        return gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <param name="fields">More fields, each with a comma before it.</param>
    public static string Body(string fields = "") => $$"""{"model":"chat","max_tokens":100,"messages":[{"role":"user","content":"hi"}]{{fields}}}""";

    /// <summary>Answers these deltas, all together, and that it is complete.</summary>
    public static Func<FakeCall, Task> Answer(Completed completed, params Delta[] deltas) => async call =>
    {
        await call.AcceptAsync();
        if (deltas.Length > 0)
        {
            await call.SendAsync(new Deltas { Items = { deltas } });
        }

        await call.CompleteAsync(completed);
    };

    public static Completed Completed(string finishReason = "stop") => new() { FinishReason = finishReason, Usage = new Usage { InputTokens = 3, OutputTokens = 2, TotalTokens = 5 } };

    public static Delta Call(int index, string id, string name, string arguments) =>
        new() { ToolCall = new ToolCallDelta { Index = index, Id = id, Name = name, Arguments = arguments } };

    public static Delta More(int index, string arguments) => Call(index, "", "", arguments);
}
