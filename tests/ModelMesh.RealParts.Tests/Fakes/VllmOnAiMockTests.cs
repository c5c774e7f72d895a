using ModelMesh.Backends.Vllm;

namespace ModelMesh.RealParts.Tests.Fakes;

public sealed class VllmOnAiMockTests(SharedAiMock shared) : AiMockTests(shared, new VllmFactory());
