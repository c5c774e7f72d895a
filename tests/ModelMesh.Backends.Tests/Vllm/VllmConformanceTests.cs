using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Vllm;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Backends.Tests.Vllm;

public sealed class VllmConformanceTests : BackendConformance
{
    protected override IBackendFactory Factory { get; } = new VllmFactory();

    protected override UpstreamDialect Dialect { get; } = new OpenAIDialect();
}
