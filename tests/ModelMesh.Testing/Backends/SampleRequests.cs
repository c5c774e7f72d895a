using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>A request for each feature, which <see cref="UpstreamDialect.Expected"/> says the wire form of.</summary>
public static class SampleRequests
{
    /// <summary>The request that uses a feature, and as little else as can be.</summary>
    public static (IReadOnlyList<ChatMessage> Messages, BackendCallOptions Options) For(ChatFeatures feature)
    {
        IReadOnlyList<ChatMessage> hello = [new(ChatRole.User, "hello")];
        return feature switch
        {
            ChatFeatures.Temperature => (hello, new() { Temperature = 0.25f }),
            _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "no sample"),
        };
    }
}
