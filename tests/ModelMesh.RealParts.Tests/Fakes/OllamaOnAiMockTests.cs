using ModelMesh.Backends.Ollama;
using ModelMesh.Testing.RealParts;

namespace ModelMesh.RealParts.Tests.Fakes;

public sealed class OllamaOnAiMockTests(SharedAiMock shared) : AiMockTests(shared, new OllamaFactory())
{
    private protected override Uri EndpointOf(AiMock server) => server.Address;
}
