using ModelMesh.Backends.OpenAI;

namespace ModelMesh.RealParts.Tests.Fakes;

public sealed class OpenAIOnAiMockTests(SharedAiMock shared) : AiMockTests(shared, new OpenAIFactory());
