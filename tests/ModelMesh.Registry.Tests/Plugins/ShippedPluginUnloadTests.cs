using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>Each plugin that is shipped, with the client libraries it brings and whatever they keep in static fields, in the host as it runs.</summary>
public sealed class ShippedPluginUnloadTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "hello")];

    /// <summary>The folders that plugin projects have built to.</summary>
    public static TheoryData<string> Shipped => [.. Directory.EnumerateDirectories(Path.GetDirectoryName(PluginFolders.Mock)!, "ModelMesh.Backends.*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Plugin_ThatHasServedFailedAndBeenCancelled_UnloadsWhenItsFolderGoes(string folder)
    {
        await using var bench = new PluginBench();
        bench.Folders.Drop(Path.Combine(Path.GetDirectoryName(PluginFolders.Mock)!, folder), folder);
        await bench.LookAsync();
        var context = await UseAsync(bench, folder);

        Directory.Delete(bench.Folders[folder], recursive: true);
        await bench.LookAsync();
        bench.Runtimes.Reconcile();

        await Eventually.HoldsAsync(() => IsCollected(context), TimeSpan.FromSeconds(30), $"the context of {folder} is collected");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(PluginBench bench, string folder)
    {
        var dialect = DialectOf(folder);
        await using var good = ScriptedUpstream.Answering(exchange => GoodAsync(exchange, dialect!));
        await using var bad = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(500, """{"error":{"message":"broken"}}"""));
        var type = bench.Entry(folder).Type!;
        var serving = bench.Catalog.Put(TestModel.Of(type, SettingsOf(dialect, good.Address), name: "serving"));
        var failing = bench.Catalog.Put(TestModel.Of(type, dialect is null ? """{"fail_before_first_token":true}""" : SettingsOf(dialect, bad.Address), name: "failing"));
        bench.Runtimes.Reconcile();

        var context = await ServeAsync(bench, serving.Id);
        await FailAsync(bench, failing.Id);
        return context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ServeAsync(PluginBench bench, ModelId id)
    {
        var runtime = await bench.Runtimes.PinAsync(id, CancellationToken.None);
        try
        {
            var backend = runtime.Backend;
            Assert.Equal("hello", (await backend.Chat.GetStreamingResponseAsync(Hello, new BackendCallOptions()).ToChatResponseAsync()).Text);
            Assert.Equal(BackendHealthState.Healthy, (await backend.CheckHealthAsync(CancellationToken.None)).State);
            if (backend.Embeddings is { } embeddings)
            {
                Assert.Single(await embeddings.GenerateAsync(["a"]));
            }

            using var cancel = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var _ in backend.Chat.GetStreamingResponseAsync([new(ChatRole.User, "hello again and again")], new BackendCallOptions(), cancel.Token))
                {
                    await cancel.CancelAsync();
                }

                cancel.Token.ThrowIfCancellationRequested();
            });
            var context = AssemblyLoadContext.GetLoadContext(backend.GetType().Assembly)!;
            Assert.True(context.IsCollectible);
            return new WeakReference(context);
        }
        finally
        {
            runtime.Unpin();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task FailAsync(PluginBench bench, ModelId id)
    {
        var runtime = await bench.Runtimes.PinAsync(id, CancellationToken.None);
        try
        {
            await Assert.ThrowsAsync<BackendException>(() => runtime.Backend.Chat.GetStreamingResponseAsync(Hello, new BackendCallOptions()).ToChatResponseAsync());
        }
        finally
        {
            runtime.Unpin();
        }
    }

    private static async Task GoodAsync(UpstreamExchange exchange, UpstreamDialect dialect)
    {
        if (exchange.Request.Path != dialect.ChatPath)
        {
            var embeddings = exchange.Request.Path == dialect.EmbeddingsPath ? dialect.Embeddings(exchange.Request, [[1f]]) : null;
            var body = embeddings ?? dialect.Auxiliary(exchange.Request);
            await exchange.AnswerAsync(body is null ? 404 : 200, body ?? dialect.Error("no such path"));
            return;
        }

        await exchange.StartAsync(dialect.StreamType);
        foreach (var payload in dialect.Ending().Prepend(dialect.Text("lo")).Prepend(dialect.Text("hel")))
        {
            await exchange.SendAsync(dialect.Frame(payload));
        }

        await exchange.EndAsync();
    }

    private static string SettingsOf(UpstreamDialect? dialect, Uri upstream) => dialect?.Settings(upstream, apiKey: null).ToJsonString() ?? "{}";

    /// <summary>How the plugin's upstream speaks; null is the mock, which has none.</summary>
    private static UpstreamDialect? DialectOf(string folder) => folder[(folder.LastIndexOf('.') + 1)..] switch
    {
        "Mock" => null,
        "OpenAI" or "Vllm" or "LlamaCpp" => new OpenAIDialect(),
        "Ollama" => new OllamaDialect(),
        "Tgi" => new TgiDialect(),
        var other => throw new InvalidOperationException($"This test has to be told how the upstream of {other} speaks."),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsCollected(WeakReference context)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !context.IsAlive;
    }
}
