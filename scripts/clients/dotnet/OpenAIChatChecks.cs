using System.ClientModel;
using System.Text;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;

namespace ModelMesh.Scripts.Clients;

/// <summary>The official OpenAI package's chats, and their tool calls.</summary>
internal static class OpenAIChatChecks
{
    private static readonly ChatMessage Question = new UserChatMessage(SampleTools.Question);

    public static async Task RunAsync(OpenAIClient client, ClientModels models, ClientChecks check)
    {
        var chat = client.GetChatClient(models.Chat.Model);
        await check.CheckAsync("a streamed chat: its text in several chunks, the finish reason, the usage", async token =>
        {
            var answer = await CollectAsync(chat.CompleteChatStreamingAsync([Question], cancellationToken: token));
            Expect.Text(answer.Text, models.Chat);
            Expect.That(answer.Pieces > 1, answer.Pieces);
            Expect.End(answer.Finish, ChatFinishReason.Stop, ChatFinishReason.Length, models.Chat);
            Expect.Usage(answer.Usage?.InputTokenCount, answer.Usage?.OutputTokenCount, models.Chat);
        });
        await check.CheckAsync("a whole chat: text, finish reason, usage; one that is cut ends with Length", async token =>
        {
            var answer = (await chat.CompleteChatAsync([new SystemChatMessage("Be brief."), Question], new ChatCompletionOptions { Temperature = 0.2f }, token)).Value;
            Expect.Text(answer.Content[0].Text, models.Chat);
            Expect.End(answer.FinishReason, ChatFinishReason.Stop, ChatFinishReason.Length, models.Chat);
            Expect.Usage(answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, models.Chat);
            var cut = (await chat.CompleteChatAsync([Question], new ChatCompletionOptions { MaxOutputTokenCount = 2 }, token)).Value;
            Expect.That(cut.FinishReason == ChatFinishReason.Length, cut.FinishReason);
        });

        var options = new ChatCompletionOptions();
        foreach (var name in SampleTools.Names)
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(name, $"{name} of a city", BinaryData.FromString(SampleTools.Schema)));
        }

        await check.CheckWithAsync(models.Tool, "a streamed tool call, its result, the final answer", async (model, token) =>
        {
            var caller = client.GetChatClient(model);
            var first = await CollectAsync(caller.CompleteChatStreamingAsync([Question], options, token));
            Expect.That(first.Finish == ChatFinishReason.ToolCalls, first.Finish);
            Expect.Calls(CallsOf(first.Calls), models.Tool!);
            var last = await CollectAsync(caller.CompleteChatStreamingAsync([Question, new AssistantChatMessage(first.Calls), .. Results(first.Calls)], options, token));
            Expect.Text(last.Text, models.Tool!);
        });
        await check.CheckWithAsync(models.Tool, "a whole tool call, its result, the final answer", async (model, token) =>
        {
            var caller = client.GetChatClient(model);
            var first = (await caller.CompleteChatAsync([Question], options, token)).Value;
            Expect.That(first.FinishReason == ChatFinishReason.ToolCalls, first.FinishReason);
            Expect.Calls(CallsOf(first.ToolCalls), models.Tool!);
            var last = (await caller.CompleteChatAsync([Question, new AssistantChatMessage(first), .. Results(first.ToolCalls)], options, token)).Value;
            Expect.Text(last.Content[0].Text, models.Tool!);
        });
    }

    public static async Task<(string Text, int Pieces, ChatFinishReason? Finish, ChatTokenUsage? Usage, ChatToolCall[] Calls)> CollectAsync(AsyncCollectionResult<StreamingChatCompletionUpdate> updates)
    {
        var text = new StringBuilder();
        var pieces = 0;
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        var calls = new SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)>();
        await foreach (var update in updates)
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
                pieces++;
            }

            foreach (var piece in update.ToolCallUpdates)
            {
                calls.TryAdd(piece.Index, (piece.ToolCallId, piece.FunctionName, new StringBuilder()));
                calls[piece.Index].Arguments.Append(piece.FunctionArgumentsUpdate?.ToString());
            }

            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        return (text.ToString(), pieces, finish, usage, [.. calls.Values.Select(call => ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, BinaryData.FromString(call.Arguments.ToString())))]);
    }

    private static (string Name, JsonNode? Arguments)[] CallsOf(IEnumerable<ChatToolCall> calls) => [.. calls.Select(call => (call.FunctionName, JsonNode.Parse(call.FunctionArguments)))];

    private static IEnumerable<ChatMessage> Results(IEnumerable<ChatToolCall> calls) => calls.Select(call => new ToolChatMessage(call.Id, SampleTools.Result));
}
