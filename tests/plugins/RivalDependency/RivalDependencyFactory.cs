using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(RivalDependency.RivalDependencyFactory))]

namespace RivalDependency;

/// <summary>Brings a version of its own of what the registry uses too, and answers with it.</summary>
public sealed class RivalDependencyFactory : IBackendFactory
{
    public string Type => "rival";

    public IBackend Create(BackendSettings settings, IServiceProvider services) => new VersionBackend();
}

internal sealed class VersionBackend : StreamingBackend
{
    protected override async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, BackendCallOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, $"{Google.Protobuf.Parsed.Name} {typeof(Google.Protobuf.Parsed).Assembly.GetName().Version}");
    }
}
