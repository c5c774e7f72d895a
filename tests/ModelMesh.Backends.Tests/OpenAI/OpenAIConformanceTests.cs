using ModelMesh.Backends.OpenAI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Backends.Tests.OpenAI;

public sealed class OpenAIConformanceTests : BackendConformance
{
    protected override IBackendFactory Factory { get; } = new OpenAIFactory();

    protected override UpstreamDialect Dialect { get; } = new OpenAIDialect();

    protected override ChatFeatures Unclaimed => ChatFeatures.TopK;
}
