using System.Text.Json.Nodes;

namespace ModelMesh.Scripts.Clients;

/// <summary>Mock models under names of their own, registered for one run and deleted when disposed.</summary>
internal sealed class MockModels(Mesh mesh, Options options) : IAsyncDisposable
{
    private const string Version = "v1";

    // Words of other alphabets, a character outside the basic plane, quotes and a line break: what a wire format could spoil.
    private const string Text = "Hello from \"ModelMesh\": a naïve café,\n日本語 and 👋🏽 in \\ one <answer> & no more.";
    private const string ToolText = "It is sunny in Zürich.";

    private readonly string _prefix = $"clients-{Guid.NewGuid():N}"[..14];
    private readonly List<string> _registered = [];

    public async Task<ClientModels> RegisterAsync()
    {
        JsonObject arguments = new() { ["city"] = "Zürich", ["days"] = 3 };
        var chat = await AddAsync("chat", new JsonObject { ["text"] = Text, ["token_delay_ms"] = 10 });
        var tool = await AddAsync("tool", new JsonObject
        {
            ["text"] = ToolText, ["tool_calls"] = 2, ["tool_arguments"] = arguments.DeepClone(), ["token_delay_ms"] = 5,
        });
        var slow = await AddAsync("slow", new JsonObject { ["tokens"] = 3_000, ["token_delay_ms"] = 20 });
        return new ClientModels(options.Gateway, new ClientModel(chat, Text, Words(Text)), $"{_prefix}/absent")
        {
            Tool = new ClientModel(tool, ToolText, Words(ToolText), arguments),
            Embedding = new ClientModel(await AddAsync("embedding", new JsonObject { ["dimensions"] = 64 })),
            Slow = new ClientModel(slow, ActiveAt: $"{options.Registry}{Mesh.PathOf(slow, Version)}"),
            Failing = new ClientModel(await AddAsync("failing", new JsonObject { ["fail_before_first_token"] = true, ["error_kind"] = "unavailable" })),
            Limited = new ClientModel(await AddAsync("limited", new JsonObject { ["fail_before_first_token"] = true, ["error_kind"] = "rate_limited" })),
            Cut = new ClientModel(await AddAsync("cut", new JsonObject { ["text"] = Text, ["fail_after_tokens"] = 3, ["token_delay_ms"] = 20 })),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _registered)
        {
            var answer = await mesh.DeleteAsync(name, Version, drain: true);
            if (answer.Status is not (200 or 202 or 204))
            {
                Console.Error.WriteLine($"{name} could not be deleted: {answer.Body?.ToJsonString()}");
            }
        }
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    // A slash, as names of real models have it.
    private async Task<string> AddAsync(string what, JsonObject backend)
    {
        var name = $"{_prefix}/{what}";
        var answer = await mesh.RegisterAsync(new JsonObject
        {
            ["name"] = name, ["version"] = Version, ["backend_type"] = "mock", ["max_concurrency"] = 8, ["backend"] = backend,

            // All clients share them, and each is to see the failure itself: not a retry, and no breaker that the others opened.
            ["resilience"] = new JsonObject { ["max_retries"] = 0, ["breaker_failures"] = 1_000 },
        });
        if (answer.Status != 201)
        {
            throw new ScriptException($"registering {name} was refused: {answer.Body?.ToJsonString()}");
        }

        _registered.Add(name);
        return name;
    }
}
