using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class PluginUnloadTests
{
    private static readonly OpenAIDialect Dialect = new();

    [Theory]
    [InlineData("ModelMesh.Backends.Vllm")]
    [InlineData("ModelMesh.Backends.LlamaCpp")]
    public async Task Plugin_AfterStreamsFailuresAndCancelledConnects_IsUnloaded(string plugin)
    {
        await using var upstream = ScriptedUpstream.Answering(AnswerAsync);
        await using var full = await FullUpstream.StartAsync();

        var context = await UseAsync(plugin, upstream.Address, full.Address);

        await Eventually.HoldsAsync(() => IsCollected(context), $"{plugin} is unloaded");
    }

    private static async Task AnswerAsync(UpstreamExchange exchange)
    {
        if (exchange.Request.Path != Dialect.ChatPath)
        {
            await exchange.AnswerAsync(404, "{}");
            return;
        }

        await exchange.StartAsync(Dialect.StreamType);
        foreach (var payload in new[] { Dialect.Text("hello") }.Concat(Dialect.Ending()))
        {
            await exchange.SendAsync(Dialect.Frame(payload));
        }

        await exchange.EndAsync();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(string plugin, Uri upstream, Uri full)
    {
        var context = new FolderContext(Path.Combine(Repository.Root, "artifacts", "backends", plugin));
        try
        {
            var type = context.LoadPlugin().GetCustomAttribute<BackendFactoryAttribute>()!.Factory;
            var factory = (IBackendFactory)Activator.CreateInstance(type)!;
            await UseAsync(factory, upstream, full);
        }
        finally
        {
            context.Unload();
        }

        return new WeakReference(context);
    }

    private static async Task UseAsync(IBackendFactory factory, Uri upstream, Uri full)
    {
        await using var backend = Create(factory, upstream);
        await foreach (var _ in backend.Chat.GetStreamingResponseAsync([new(ChatRole.User, "hi")], new BackendCallOptions()))
        {
        }

        await backend.CheckHealthAsync(CancellationToken.None);
        await Assert.ThrowsAsync<BackendException>(() => backend.Embeddings!.GenerateAsync(["a"]));

        await using var unreachable = Create(factory, full);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in unreachable.Chat.GetStreamingResponseAsync([new(ChatRole.User, "hi")], new BackendCallOptions(), soon.Token))
            {
            }
        });
    }

    private static IBackend Create(IBackendFactory factory, Uri upstream) => factory.Create(
        new BackendSettings("m", "v1", JsonSerializer.SerializeToElement(new { endpoint = new Uri(upstream, "v1").ToString() }), reference => reference),
        new HostServices(new RecordedLogs(), TimeProvider.System, new ConfigurationBuilder().Build()));

    private static bool IsCollected(WeakReference context)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !context.IsAlive;
    }
}
