using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;

namespace ModelMesh.Scripts.Clients;

/// <summary>The official OpenAI package: models, embeddings, what is left and what fails.</summary>
internal static class OpenAIChecks
{
    private static readonly ChatMessage Question = new UserChatMessage(SampleTools.Question);

    public static async Task RunAsync(ClientModels models, Checks checks, CancellationToken cancellationToken)
    {
        Console.WriteLine($"OpenAI {PackageVersion.Of<OpenAIClient>()} (NuGet)");
        var client = new OpenAIClient(
            new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(models.Gateway + "/v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
        var check = new ClientChecks(models, checks, cancellationToken);
        await ListAsync(client, models, check);
        await OpenAIChatChecks.RunAsync(client, models, check);
        await EmbedAsync(client, models, check);
        await LeaveAsync(client, check);
        await FailAsync(client, models, check);
        await OpenAIResponsesChecks.RunAsync(client, models, check);
    }

    private static Task ListAsync(OpenAIClient client, ClientModels models, ClientChecks check) => check.CheckAsync("GetModels names the model, GetModel finds it", async token =>
    {
        var all = (await client.GetOpenAIModelClient().GetModelsAsync(token)).Value;
        Expect.That(all.Any(model => model.Id == models.Chat.Model), string.Join(", ", all.Select(model => model.Id)));
        var one = (await client.GetOpenAIModelClient().GetModelAsync(models.Chat.Model, token)).Value;
        Expect.That(one.Id == models.Chat.Model, one.Id);
    });

    private static Task EmbedAsync(OpenAIClient client, ClientModels models, ClientChecks check) =>
        check.CheckWithAsync(models.Embedding, "embeddings: base64, which it asks for by itself, gives the same vectors as float", async (model, token) =>
        {
            var embedder = client.GetEmbeddingClient(model);
            var vectors = (await embedder.GenerateEmbeddingsAsync(["the river", "a stone"], cancellationToken: token)).Value.Select(entry => entry.ToFloats().ToArray()).ToArray();
            var body = new JsonObject { ["model"] = model, ["input"] = new JsonArray("the river", "a stone"), ["encoding_format"] = "float" };
            var raw = await embedder.GenerateEmbeddingsAsync(BinaryContent.Create(BinaryData.FromString(body.ToJsonString())), new RequestOptions { CancellationToken = token });
            var floats = JsonNode.Parse(raw.GetRawResponse().Content)!["data"]!.AsArray().Select(entry => entry!["embedding"]!.AsArray().Select(number => (float)number!).ToArray()).ToArray();
            Expect.That(vectors.Length == 2 && vectors[0].Length > 0, vectors.Length);
            Expect.That(vectors.Zip(floats).All(pair => pair.First.SequenceEqual(pair.Second)), "other vectors");
            Expect.That(!vectors[0].SequenceEqual(vectors[1]), "one vector for both");
        });

    private static Task LeaveAsync(OpenAIClient client, ClientChecks check)
    {
        return check.CheckLeavingAsync("a chat that is cancelled in mid-stream frees its slot", Pieces);

        async IAsyncEnumerable<bool> Pieces(string model, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var update in client.GetChatClient(model).CompleteChatStreamingAsync([Question], cancellationToken: token).WithCancellation(token))
            {
                yield return update.ContentUpdate.Count > 0;
            }
        }
    }

    private static async Task FailAsync(OpenAIClient client, ClientModels models, ClientChecks check)
    {
        await check.CheckAsync("an unknown model is a ClientResultException with 404 that names it", async token =>
        {
            var error = await Expect.ThrowsAsync<ClientResultException>(() => client.GetChatClient(models.Absent).CompleteChatAsync([Question], cancellationToken: token));
            Expect.That(error.Status == 404 && error.Message.Contains(models.Absent, StringComparison.Ordinal), error.Message);
            var streamed = await Expect.ThrowsAsync<ClientResultException>(() => OpenAIChatChecks.CollectAsync(client.GetChatClient(models.Absent).CompleteChatStreamingAsync([Question], cancellationToken: token)));
            Expect.That(streamed.Status == 404, streamed.Status);
        });
        await check.CheckAsync("a bad field is a ClientResultException with 400 that says why", async token =>
        {
            var options = new ChatCompletionOptions { Temperature = 9 };
            var error = await Expect.ThrowsAsync<ClientResultException>(() => client.GetChatClient(models.Chat.Model).CompleteChatAsync([Question], options, token));
            Expect.That(error.Status == 400 && error.Message.Contains("temperature", StringComparison.Ordinal), error.Message);
        });
        foreach (var (model, status) in new[] { (models.Failing, 503), (models.Limited, 429) })
        {
            await check.CheckWithAsync(model, $"a backend that fails before its first token is a ClientResultException with {status}", async (name, token) =>
            {
                var error = await Expect.ThrowsAsync<ClientResultException>(() => OpenAIChatChecks.CollectAsync(client.GetChatClient(name).CompleteChatStreamingAsync([Question], cancellationToken: token)));
                Expect.That(error.Status == status, error.Message);
            });
        }

        await check.CheckWithAsync(models.Cut, "a failure in mid-stream throws, and no whole answer comes", async (model, token) =>
        {
            ChatFinishReason? finish = null;
            await Expect.ThrowsAsync<Exception>(async () =>
            {
                await foreach (var update in client.GetChatClient(model).CompleteChatStreamingAsync([Question], cancellationToken: token))
                {
                    finish ??= update.FinishReason;
                }
            });
            Expect.That(finish is null, finish);
            await Expect.ThrowsAsync<ClientResultException>(() => client.GetChatClient(model).CompleteChatAsync([Question], cancellationToken: token));
        });
    }
}
