using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(Good.GoodFactory))]

namespace Good;

/// <summary>A plugin in two versions whose tokens are its version, as many and as slow as the message says: "count,milliseconds"; or that answers "chars,text" one UTF-16 unit at a time, or "given" with what it was called with.</summary>
public sealed class GoodFactory : IBackendFactory
{
    public string Type => "good";

    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var refuse = reader.Text("refuse");
        reader.Done();
        return refuse is null ? new GoodBackend() : throw new InvalidOperationException(refuse);
    }
}

internal sealed class GoodBackend : IBackend
{
    public IChatClient Chat { get; } = new GoodChatClient();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal sealed class GoodChatClient : IChatClient
{
#if V2
    private const string Version = "v2";
#else
    private const string Version = "v1";
#endif

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var orders = messages.Last().Text.Split(',');
        if (orders[0] == "ends-when-cancelled")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            yield break;
        }

        if (orders[0] == "deaf")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(int.Parse(orders[1])), TimeProvider.System, CancellationToken.None);
            yield break;
        }

        if (orders[0] == "blocks")
        {
            using var never = new ManualResetEventSlim();
            never.Wait(TimeSpan.FromMilliseconds(int.Parse(orders[1])), CancellationToken.None);
            yield break;
        }

        if (orders[0] == "throw")
        {
            throw new InvalidOperationException("a secret");
        }

        if (orders[0] == "chars")
        {
            foreach (var character in orders[1])
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, character.ToString());
            }

            yield break;
        }

        if (orders[0] == "given")
        {
            var last = messages.Last();
            yield return new ChatResponseUpdate(ChatRole.Assistant, $"extra {options?.AdditionalProperties?.Count}, effort {options?.Reasoning?.Effort}, name {last.AuthorName}, fields {last.AdditionalProperties?.Count}, parts {last.Contents.Count}");
            yield break;
        }

        if (orders[0] == "half")
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "a\ud83d");
            yield break;
        }

        for (var token = 0; token < int.Parse(orders[0]); token++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(int.Parse(orders[1])), TimeProvider.System, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, Version);
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
