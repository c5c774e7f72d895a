using ModelMesh.Backends.Ollama;
using ModelMesh.Testing.RealParts;

namespace ModelMesh.RealParts.Tests.Fakes;

public sealed class OllamaOnAiMockTests(SharedAiMock shared) : AiMockTests(shared, new OllamaFactory())
{
    // Its counts are all 0 there.
    private protected override bool CountsTokens => false;

    private protected override Uri EndpointOf(AiMock server) => server.Address;
}
