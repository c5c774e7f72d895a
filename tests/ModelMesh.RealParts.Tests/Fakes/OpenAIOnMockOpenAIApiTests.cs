using ModelMesh.Backends.OpenAI;

namespace ModelMesh.RealParts.Tests.Fakes;

public sealed class OpenAIOnMockOpenAIApiTests(SharedMockOpenAIApi shared) : MockOpenAIApiTests(shared, new OpenAIFactory());
