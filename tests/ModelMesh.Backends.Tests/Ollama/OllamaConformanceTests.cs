using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Backends.Tests.Ollama;

public sealed class OllamaConformanceTests : BackendConformance
{
    protected override IBackendFactory Factory { get; } = new OllamaFactory();

    protected override UpstreamDialect Dialect { get; } = new OllamaDialect();
}
