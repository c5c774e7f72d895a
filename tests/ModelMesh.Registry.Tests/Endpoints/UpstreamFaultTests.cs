using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

/// <summary>Shipped plugins against HTTP servers that fail: what one of two endpoints does before its first token, no client sees.</summary>
public sealed class UpstreamFaultTests : IAsyncLifetime
{
    private static readonly string[] Plugins = ["OpenAI", "Vllm", "Ollama", "Tgi", "LlamaCpp"];

    private TestRegistry _registry = null!;

    public async Task InitializeAsync()
    {
        var folders = new PluginFolders();
        foreach (var folder in Plugins.Select(type => $"ModelMesh.Backends.{type}"))
        {
            folders.Drop(Path.Combine(Path.GetDirectoryName(PluginFolders.Mock)!, folder), folder);
        }

        _registry = await TestRegistry.StartAsync(folders);
    }

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    [Fact]
    public async Task Infer_OneOfTwoUpstreamsFailsInAnyWay_EveryRequestIsAnsweredByTheOther()
    {
        var dialect = new OpenAIDialect();
        var faults = new Dictionary<string, Func<UpstreamExchange, Task>>(StringComparer.Ordinal)
        {
            ["500"] = exchange => exchange.AnswerAsync(500, dialect.Error("broken")),
            ["503"] = exchange => exchange.AnswerAsync(503, dialect.Error("overloaded")),
            ["401"] = exchange => exchange.AnswerAsync(401, dialect.Error("who are you")),
            ["404"] = exchange => exchange.AnswerAsync(404, dialect.Error("no such model")),
            ["429"] = exchange => exchange.AnswerAsync(429, dialect.Error("slow down"), "application/json", "Retry-After: 30"),
            ["a page"] = exchange => exchange.AnswerAsync(200, "<html>welcome</html>", "text/html"),
            ["no body"] = exchange => exchange.AnswerAsync(200, "", dialect.StreamType),
            ["an end without an answer"] = exchange => exchange.AnswerAsync(200, dialect.Frame("[DONE]"), dialect.StreamType),
            ["rubbish"] = exchange => exchange.AnswerAsync(200, dialect.Frame("{\"broken\":[\""), dialect.StreamType),
            ["a reset"] = exchange =>
            {
                exchange.Connection.Reset();
                return Task.CompletedTask;
            },
        };
        await using var good = ScriptedUpstream.Answering(exchange => AnswerAsync(exchange, dialect));
        foreach (var (name, fault) in faults)
        {
            await using var bad = ScriptedUpstream.Answering(fault);
            await BothAreAnsweredAsync(name, dialect, bad.Address, good.Address);
        }

        using var closed = new ClosedPort();
        await BothAreAnsweredAsync("refused", dialect, closed.Address, good.Address);
    }

    [Fact]
    public async Task Infer_AContentFilterRefuses_IsAnAnswerAndNobodyElseIsAsked()
    {
        var dialect = new OpenAIDialect();
        await using var filter = ScriptedUpstream.Answering(FilterAsync);
        await using var other = ScriptedUpstream.Answering(FilterAsync);
        Put("filtered", "vllm", dialect, filter.Address, other.Address);
        using var call = _registry.Infer(model: "filtered");
        await call.CompletedAsync();

        Assert.Equal(("content_filter", 1), (call.Completed!.FinishReason, call.Completed.Attempts));
        Assert.Single(filter.Requests.Concat(other.Requests));

        Task FilterAsync(UpstreamExchange exchange) => exchange.AnswerAsync(400, dialect.Error("filtered", "content_filter"));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("vllm")]
    [InlineData("llamacpp")]
    [InlineData("ollama")]
    [InlineData("tgi")]
    public async Task Infer_AnUpstreamAnswersWithNothing_IsNoAnswer(string type)
    {
        UpstreamDialect dialect = type switch { "ollama" => new OllamaDialect(), "tgi" => new TgiDialect(), _ => new OpenAIDialect() };
        await using var empty = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(200, "", dialect.StreamType));
        Put("nothing", type, dialect, empty.Address);
        using var call = _registry.Infer(model: "nothing");

        Assert.Equal(ErrorCode.BackendError, (await call.FailedAsync()).Code);
    }

    private async Task BothAreAnsweredAsync(string name, UpstreamDialect dialect, Uri bad, Uri good)
    {
        Put(name, "vllm", dialect, bad, good);
        var attempts = 0;
        for (var request = 0; request < 2; request++)
        {
            using var call = _registry.Infer(model: name);
            await call.CompletedAsync();
            Assert.Equal("hello", call.Text);
            attempts += call.Attempts[0];
        }

        // By turns, so one of the two met the upstream that fails.
        Assert.True(attempts == 3, $"{name}: {attempts} attempts");
    }

    private void Put(string name, string type, UpstreamDialect dialect, params Uri[] upstreams)
    {
        var settings = dialect.Settings(upstreams[0], apiKey: null);
        _registry.Put(TestModel.Of(type, settings.ToJsonString(), name) with
        {
            Backends = [.. upstreams.Select(upstream => new ModelEndpoint { Endpoint = $"{dialect.Settings(upstream, apiKey: null)["endpoint"]}" })],
            Balancing = BalancingPolicies.RoundRobin,
            Resilience = upstreams.Length == 1 ? new ModelResilience { MaxRetries = 0 } : new ModelResilience(),
        });
    }

    private static async Task AnswerAsync(UpstreamExchange exchange, UpstreamDialect dialect)
    {
        await exchange.StartAsync(dialect.StreamType);
        foreach (var payload in dialect.Ending().Prepend(dialect.Text("hello")))
        {
            await exchange.SendAsync(dialect.Frame(payload));
        }

        await exchange.EndAsync();
    }
}
