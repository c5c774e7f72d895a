using ModelMesh.Backends.Vllm;

namespace ModelMesh.RealParts.Tests.Engine;

public sealed class VllmOnLlamaServerTests(SharedLlama shared) : LlamaServerTests(shared, new VllmFactory());
