using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(PrivateDependency.PrivateDependencyFactory))]

namespace PrivateDependency;

/// <summary>Takes its very type's name from a library that it brings along, and answers with that one's version.</summary>
public sealed class PrivateDependencyFactory : IBackendFactory
{
    public string Type => PrivateLib.Names.Of("private");

    public IBackend Create(BackendSettings settings, IServiceProvider services) => new VersionBackend();
}

internal sealed class VersionBackend : StreamingBackend
{
    protected override async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, BackendCallOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, $"{PrivateLib.Names.Of("lib")} {typeof(PrivateLib.Names).Assembly.GetName().Version}");
    }
}
