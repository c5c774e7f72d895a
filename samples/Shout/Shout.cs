using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(Shout.ShoutFactory))]

namespace Shout;

public sealed class ShoutFactory : IBackendFactory
{
    public string Type => "shout";

    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var mark = reader.Text("mark", "!");
        reader.Done();
        return new ShoutBackend(mark);
    }
}

internal sealed class ShoutBackend(string mark) : StreamingBackend
{
    protected override async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, BackendCallOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var word in messages[^1].Text.ToUpperInvariant().Split(' '))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + mark + " ");
        }
    }
}
