using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock.Tests;

internal static class Mocks
{
    public static IBackend Make(string settings, TimeProvider? time = null) => new MockFactory().Create(Settings(settings), new Services(time ?? new NoTimers()));

    public static BackendSettings Settings(string json) =>
        new("chat", "v1", JsonDocument.Parse(json).RootElement, reference => reference == "env:KNOWN" ? "secret" : throw new FormatException("leads nowhere")) { Revision = 7 };

    public static IAsyncEnumerable<ChatResponseUpdate> Stream(this IBackend backend, string input = "", ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        backend.Chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, input)], options, cancellationToken);

    public static async Task<List<string>> TokensAsync(this IBackend backend, string input = "", ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var tokens = new List<string>();
        await foreach (var update in backend.Stream(input, options, cancellationToken))
        {
            if (update.Text.Length > 0)
            {
                tokens.Add(update.Text);
            }
        }

        return tokens;
    }

    private sealed class Services(TimeProvider time) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? time : null;
    }

    /// <summary>Fails the test that starts a timer.</summary>
    private sealed class NoTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new InvalidOperationException("a timer was started");
    }
}
