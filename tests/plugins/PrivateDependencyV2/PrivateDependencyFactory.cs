using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(PrivateDependencyV2.PrivateDependencyFactory))]

namespace PrivateDependencyV2;

/// <summary>Takes its type's name from a later version of a library that another plugin brings along too, and answers with that version.</summary>
public sealed class PrivateDependencyFactory : IBackendFactory
{
    public string Type => PrivateLib.Names.Join("private", "later");

    public IBackend Create(BackendSettings settings, IServiceProvider services) => new VersionBackend();
}

internal sealed class VersionBackend : StreamingBackend
{
    protected override async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, BackendCallOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, $"{PrivateLib.Names.Join("lib", "later")} {typeof(PrivateLib.Names).Assembly.GetName().Version}");
    }
}
