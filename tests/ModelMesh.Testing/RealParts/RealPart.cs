namespace ModelMesh.Testing.RealParts;

/// <summary>Servers and clients that others wrote, which <c>tests/real-parts/install.sh</c> brings.</summary>
public enum RealPart
{
    /// <summary>llama.cpp's server: a real engine with real weights, over the OpenAI wire format.</summary>
    LlamaServer,

    /// <summary>Lemonade: Ollama's API over llama.cpp's server.</summary>
    Lemonade,

    /// <summary><c>@copilotkit/aimock</c>: a fake of the OpenAI and Ollama APIs that injects faults.</summary>
    AiMock,

    /// <summary><c>mock-openai-api</c>: a second fake of the OpenAI API.</summary>
    MockOpenAIApi,

    /// <summary>The npm packages that applications talk to models with: <c>scripts/clients</c>.</summary>
    NpmClients,

    /// <summary>Prometheus' tool, which checks metrics and rules; the machine's own where it has one.</summary>
    Promtool,
}
