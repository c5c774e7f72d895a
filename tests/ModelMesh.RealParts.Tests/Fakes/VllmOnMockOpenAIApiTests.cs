using ModelMesh.Backends.Vllm;

namespace ModelMesh.RealParts.Tests.Fakes;

public sealed class VllmOnMockOpenAIApiTests(SharedMockOpenAIApi shared) : MockOpenAIApiTests(shared, new VllmFactory());
