using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Backends.Mock.Tests;

public sealed class StreamingBackendTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.System, "be brief"), new(ChatRole.User, "a b c")];

    private readonly Words _backend = Words.New();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _backend.DisposeAsync();

    [Fact]
    public async Task Chat_OptionsOfTheMesh_ReachTheMethodAsTheyAre()
    {
        var options = new BackendCallOptions { RequestId = "r-1", MaxOutputTokens = 2 };

        Assert.Equal(["a", "b"], await StreamAsync(options));
        Assert.Same(options, _backend.Seen);
    }

    [Fact]
    public async Task Chat_OrdinaryOptions_WhatTheySayReachesTheMethod() =>
        Assert.Equal(["a"], await StreamAsync(new ChatOptions { MaxOutputTokens = 1 }));

    [Fact]
    public async Task Chat_NoOptions_TheMethodGetsEmptyOnes() => Assert.Equal(["a", "b", "c"], await StreamAsync(null));

    [Fact]
    public async Task Chat_WholeAnswerAskedFor_TheStreamAggregated() => Assert.Equal("abc", (await _backend.Chat.GetResponseAsync(Messages)).Text);

    [Fact]
    public async Task Chat_Cancelled_TheMethodsTokenFires()
    {
        using var gone = new CancellationTokenSource();
        await using var updates = _backend.Chat.GetStreamingResponseAsync(Messages, cancellationToken: gone.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await updates.MoveNextAsync());
        await gone.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await updates.MoveNextAsync());
    }

    [Fact]
    public async Task Chat_Disposed_TheBackendIsNot()
    {
        _backend.Chat.Dispose();

        Assert.Equal(["a", "b", "c"], await StreamAsync(null));
        Assert.Same(_backend, _backend.Chat.GetService(typeof(Words)));
        Assert.Null(_backend.Chat.GetService(typeof(Words), "key"));
    }

    [Fact]
    public async Task Overrides_ThroughTheContract_AreWhatTheHostSees()
    {
        IBackend backend = _backend;

        Assert.Equal(ChatFeatures.MaxTokens, backend.Features);
        Assert.Null(backend.Embeddings);
        Assert.Equal(BackendHealth.Starting("warming up"), await backend.CheckHealthAsync(CancellationToken.None));
    }

    private async Task<List<string>> StreamAsync(ChatOptions? options) =>
        await _backend.Chat.GetStreamingResponseAsync(Messages.Where(_ => true), options).Select(update => update.Text).ToListAsync();

    /// <summary>Echoes the last message's words.</summary>
    private sealed class Words : StreamingBackend
    {
        public static Words New() => new();

        public override ChatFeatures Features => ChatFeatures.MaxTokens;

        public BackendCallOptions? Seen { get; private set; }

        public override ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Starting("warming up"));

        protected override async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
            IReadOnlyList<ChatMessage> messages, BackendCallOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Seen = options;
            foreach (var word in messages[^1].Text.Split(' ').Take(options.MaxOutputTokens ?? int.MaxValue))
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return new ChatResponseUpdate(ChatRole.Assistant, word);
            }
        }
    }
}
