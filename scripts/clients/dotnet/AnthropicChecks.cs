using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace ModelMesh.Scripts.Clients;

/// <summary>The official Anthropic package.</summary>
internal static class AnthropicChecks
{
    private static readonly MessageParam Question = new UserMessageParam { Content = SampleTools.Question };

    public static async Task RunAsync(ClientModels models, Checks checks, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Anthropic {PackageVersion.Of<AnthropicClient>()} (NuGet)");
        using var client = new AnthropicClient { ApiKey = "none", BaseUrl = models.Gateway, MaxRetries = 0 };
        var check = new ClientChecks(models, checks, cancellationToken);
        await check.CheckAsync("Models.List names the model", async token =>
        {
            var ids = new List<string>();
            for (var page = await client.Models.List(cancellationToken: token); ; page = await page.Next(token))
            {
                ids.AddRange(page.Items.Select(model => model.ID));
                if (!page.HasNext())
                {
                    break;
                }
            }

            Expect.That(ids.Contains(models.Chat.Model), string.Join(", ", ids));
        });
        await check.CheckAsync("a streamed message: its text in several deltas, stop reason, usage", async token =>
        {
            var answer = await CollectAsync(client, Ask(models.Chat.Model), token);
            Expect.Text(answer.Text, models.Chat);
            Expect.That(answer.Deltas > 1, answer.Deltas);
            Expect.End(answer.Stop, "end_turn", "max_tokens", models.Chat);
            Expect.That(answer.IsWhole, answer.IsWhole);
            Expect.Usage(answer.Input, answer.Output, models.Chat);
        });
        await check.CheckAsync("a whole message: text, stop reason, usage; one that is cut ends with max_tokens", async token =>
        {
            var message = await client.Messages.Create(Ask(models.Chat.Model) with { System = "Be brief." }, token);
            Expect.Text(TextOf(message), models.Chat);
            Expect.End(message.StopReason?.Raw(), "end_turn", "max_tokens", models.Chat);
            Expect.Usage(message.Usage.InputTokens, message.Usage.OutputTokens, models.Chat);
            var cut = await client.Messages.Create(Ask(models.Chat.Model) with { MaxTokens = 2 }, token);
            Expect.That(cut.StopReason?.Raw() == "max_tokens", cut.StopReason?.Raw());
        });
        await check.CheckWithAsync(models.Tool, "a streamed tool use, its result, the final answer", async (model, token) =>
        {
            var first = await CollectAsync(client, WithTools(Ask(model)), token);
            Expect.That(first.Stop == "tool_use", first.Stop);
            Expect.Calls([.. first.Calls.Select(call => (call.Name, JsonNode.Parse(call.Arguments)))], models.Tool!);
            var last = await CollectAsync(client, WithTools(Ask(model, Answered(first.Calls))), token);
            Expect.Text(last.Text, models.Tool!);
        });
        await check.CheckWithAsync(models.Tool, "a whole tool use, its result, the final answer", async (model, token) =>
        {
            var first = await client.Messages.Create(WithTools(Ask(model)), token);
            ToolCall[] calls = [.. first.Content.Select(block => block.Value).OfType<ToolUseBlock>().Select(block => new ToolCall(block.ID, block.Name, JsonSerializer.Serialize(block.Input)))];
            Expect.Calls([.. calls.Select(call => (call.Name, JsonNode.Parse(call.Arguments)))], models.Tool!);
            Expect.Text(TextOf(await client.Messages.Create(WithTools(Ask(model, Answered(calls))), token)), models.Tool!);
        });
        await check.CheckLeavingAsync("a message that is cancelled in mid-stream frees its slot", Pieces);
        await FailAsync(client, models, check);

        async IAsyncEnumerable<bool> Pieces(string model, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var update in client.Messages.CreateStreaming(Ask(model) with { MaxTokens = 100_000 }, token).WithCancellation(token))
            {
                yield return update.TryPickContentBlockDelta(out _);
            }
        }
    }

    private static async Task FailAsync(AnthropicClient client, ClientModels models, ClientChecks check)
    {
        await check.CheckAsync("an unknown model is an AnthropicNotFoundException that names it", async token =>
        {
            var error = await Expect.ThrowsAsync<AnthropicNotFoundException>(() => client.Messages.Create(Ask(models.Absent), token));
            Expect.That(error.Message.Contains(models.Absent, StringComparison.Ordinal), error.Message);
            await Expect.ThrowsAsync<AnthropicNotFoundException>(() => CollectAsync(client, Ask(models.Absent), token));
        });
        await check.CheckAsync("a bad field is an AnthropicBadRequestException that says why", async token =>
        {
            var error = await Expect.ThrowsAsync<AnthropicBadRequestException>(() => client.Messages.Create(Ask(models.Chat.Model) with { MaxTokens = -1 }, token));
            Expect.That(error.Message.Contains("max_tokens", StringComparison.Ordinal), error.Message);
        });
        await check.CheckWithAsync(models.Failing, "a backend that fails before its first token is an Anthropic5xxException", async (model, token) =>
            await Expect.ThrowsAsync<Anthropic5xxException>(() => CollectAsync(client, Ask(model), token)));
        await check.CheckWithAsync(models.Limited, "a backend's rate limit is an AnthropicRateLimitException", async (model, token) =>
            await Expect.ThrowsAsync<AnthropicRateLimitException>(() => CollectAsync(client, Ask(model), token)));
        await check.CheckWithAsync(models.Cut, "a failure in mid-stream throws, and no whole message comes", async (model, token) =>
        {
            var isWhole = false;
            await Expect.ThrowsAsync<AnthropicException>(async () =>
            {
                await foreach (var update in client.Messages.CreateStreaming(Ask(model), token))
                {
                    isWhole |= update.TryPickStop(out _);
                }
            });
            Expect.That(!isWhole, "message_stop");
            await Expect.ThrowsAsync<AnthropicApiException>(() => client.Messages.Create(Ask(model), token));
        });
    }

    private static MessageCreateParams Ask(string model, params IEnumerable<MessageParam> rest) => new() { Model = model, MaxTokens = 1_000, Messages = [Question, .. rest] };

    private static MessageCreateParams WithTools(MessageCreateParams parameters) => parameters with
    {
        Tools = [.. SampleTools.Names.Select(name => (ToolUnion)new Tool
        {
            Name = name, Description = $"{name} of a city",
            InputSchema = InputSchema.FromRawUnchecked(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(SampleTools.Schema)!),
        })],
    };

    private static MessageParam[] Answered(IReadOnlyList<ToolCall> calls) =>
    [
        new AssistantMessageParam
        {
            Content = calls.Select(call => (ContentBlockParam)new ToolUseBlockParam { ID = call.Id, Name = call.Name, Input = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(call.Arguments)! }).ToList(),
        },
        new UserMessageParam
        {
            Content = calls.Select(call => (ContentBlockParam)new ToolResultBlockParam(call.Id) { Content = SampleTools.Result }).ToList(),
        },
    ];

    private static string TextOf(Message message) => string.Concat(message.Content.Select(block => (block.Value as TextBlock)?.Text));

    private static async Task<StreamedMessage> CollectAsync(AnthropicClient client, MessageCreateParams parameters, CancellationToken token)
    {
        var message = new StreamedMessage();
        await foreach (var update in client.Messages.CreateStreaming(parameters, token))
        {
            message.Add(update);
        }

        return message;
    }
}
