using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <summary>A plugin of the OpenAI wire format against llama.cpp's server, a real engine. Each plugin's class inherits all of it.</summary>
[Collection(SharedLlama.Name)]
public abstract partial class LlamaServerTests(SharedLlama shared, IBackendFactory factory)
{
    private const string Model = "tiny";
    private const string Prompt = "tell me about the river and the stone";

    private protected SharedLlama Shared { get; } = shared;

    private protected async Task<RealBackend> TinyAsync() => Over(await Shared.Tiny);

    private protected async Task<RealBackend> SlowAsync() => Over(await Shared.Slow);

    private protected RealBackend Over(LlamaServer server) => RealBackend.Create(factory, server.V1, Model);
}
