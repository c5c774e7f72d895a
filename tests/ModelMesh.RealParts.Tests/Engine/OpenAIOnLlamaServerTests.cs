using ModelMesh.Backends.OpenAI;

namespace ModelMesh.RealParts.Tests.Engine;

public sealed class OpenAIOnLlamaServerTests(SharedLlama shared) : LlamaServerTests(shared, new OpenAIFactory());
