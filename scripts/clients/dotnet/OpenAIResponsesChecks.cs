// The package marks its Responses API as one that may still change.
#pragma warning disable OPENAI001
using System.ClientModel;
using System.Text;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Responses;

namespace ModelMesh.Scripts.Clients;

/// <summary>The official OpenAI package's Responses API.</summary>
internal static class OpenAIResponsesChecks
{
    private static readonly ResponseItem Question = ResponseItem.CreateUserMessageItem(SampleTools.Question);

    public static async Task RunAsync(OpenAIClient openAI, ClientModels models, ClientChecks check)
    {
        var client = openAI.GetResponsesClient();
        await check.CheckAsync("a streamed response: its text in several deltas, the whole at the end", async token =>
        {
            var (text, deltas, whole) = await CollectAsync(client, Ask(models.Chat.Model), token);
            Expect.Text(text, models.Chat);
            Expect.That(deltas > 1, deltas);
            Expect.That(whole?.Status == ResponseStatus.Completed && whole.GetOutputText() == text, whole?.GetOutputText());
            Expect.Usage(whole!.Usage.InputTokenCount, whole.Usage.OutputTokenCount, models.Chat);
        });
        await check.CheckAsync("a whole response: text, status, usage", async token =>
        {
            var whole = (await client.CreateResponseAsync(Ask(models.Chat.Model), token)).Value;
            Expect.Text(whole.GetOutputText(), models.Chat);
            Expect.That(whole.Status == ResponseStatus.Completed, whole.Status);
            Expect.Usage(whole.Usage.InputTokenCount, whole.Usage.OutputTokenCount, models.Chat);
        });
        await check.CheckWithAsync(models.Tool, "a streamed function call, its output, the final answer", (model, token) =>
            CallAsync(async options => (await CollectAsync(client, options, token)).Whole!, model, models.Tool!));
        await check.CheckWithAsync(models.Tool, "a whole function call, its output, the final answer", (model, token) =>
            CallAsync(async options => (await client.CreateResponseAsync(options, token)).Value, model, models.Tool!));
        await check.CheckLeavingAsync("a response that is cancelled in mid-stream frees its slot", (model, token) => Pieces(client, model, token));
        await check.CheckAsync("an unknown model is a ClientResultException with 404 of a response, a bad field one with 400", async token =>
        {
            var absent = await Expect.ThrowsAsync<ClientResultException>(() => client.CreateResponseAsync(Ask(models.Absent), token));
            Expect.That(absent.Status == 404 && absent.Message.Contains(models.Absent, StringComparison.Ordinal), absent.Message);
            var options = Ask(models.Chat.Model);
            options.Temperature = 9;
            var bad = await Expect.ThrowsAsync<ClientResultException>(() => client.CreateResponseAsync(options, token));
            Expect.That(bad.Status == 400 && bad.Message.Contains("temperature", StringComparison.Ordinal), bad.Message);
        });
        await check.CheckWithAsync(models.Failing, "a backend that fails before its first token is a ClientResultException with 503 of a response", async (model, token) =>
        {
            var error = await Expect.ThrowsAsync<ClientResultException>(() => CollectAsync(client, Ask(model), token));
            Expect.That(error.Status == 503, error.Message);
        });
        await check.CheckWithAsync(models.Cut, "a response that fails in mid-stream never completes", async (model, token) =>
        {
            var seen = new List<StreamingResponseUpdate>();
            try
            {
                await foreach (var update in client.CreateResponseStreamingAsync(Streamed(Ask(model)), token))
                {
                    seen.Add(update);
                }
            }
            catch (Exception exception) when (exception is ClientResultException or IOException or HttpRequestException)
            {
                return;
            }

            Expect.That(!seen.Any(update => update is StreamingResponseCompletedUpdate), "a completed response");
            Expect.That(seen[^1] is StreamingResponseFailedUpdate or StreamingResponseErrorUpdate, seen[^1].GetType().Name);
        });
    }

    private static CreateResponseOptions Ask(string model, params IEnumerable<ResponseItem> rest) => new(model, [Question, .. rest]);

    private static CreateResponseOptions Streamed(CreateResponseOptions options)
    {
        options.StreamingEnabled = true;
        return options;
    }

    private static async Task CallAsync(Func<CreateResponseOptions, Task<ResponseResult>> ask, string model, ClientModel expected)
    {
        var first = await ask(WithTools(Ask(model)));
        var calls = first.OutputItems.OfType<FunctionCallResponseItem>().ToArray();
        Expect.Calls([.. calls.Select(call => (call.FunctionName, JsonNode.Parse(call.FunctionArguments)))], expected);
        var outputs = calls.Select(call => ResponseItem.CreateFunctionCallOutputItem(call.CallId, SampleTools.Result));
        var last = await ask(WithTools(Ask(model, [.. first.OutputItems, .. outputs])));
        Expect.Text(last.GetOutputText(), expected);
    }

    private static CreateResponseOptions WithTools(CreateResponseOptions options)
    {
        foreach (var name in SampleTools.Names)
        {
            options.Tools.Add(ResponseTool.CreateFunctionTool(name, BinaryData.FromString(SampleTools.Schema), strictModeEnabled: false));
        }

        return options;
    }

    private static async IAsyncEnumerable<bool> Pieces(ResponsesClient client, string model, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var update in client.CreateResponseStreamingAsync(Streamed(Ask(model)), token).WithCancellation(token))
        {
            yield return update is StreamingResponseOutputTextDeltaUpdate;
        }
    }

    private static async Task<(string Text, int Deltas, ResponseResult? Whole)> CollectAsync(ResponsesClient client, CreateResponseOptions options, CancellationToken token)
    {
        var text = new StringBuilder();
        var deltas = 0;
        ResponseResult? whole = null;
        await foreach (var update in client.CreateResponseStreamingAsync(Streamed(options), token))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate delta)
            {
                text.Append(delta.Delta);
                deltas++;
            }

            whole = (update as StreamingResponseCompletedUpdate)?.Response ?? whole;
        }

        return (text.ToString(), deltas, whole);
    }
}
