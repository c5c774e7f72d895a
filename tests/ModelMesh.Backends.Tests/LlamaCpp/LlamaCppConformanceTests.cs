using System.Text.Json.Nodes;
using ModelMesh.Backends.LlamaCpp;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Backends.Tests.LlamaCpp;

public sealed class LlamaCppConformanceTests : BackendConformance
{
    protected override IBackendFactory Factory { get; } = new LlamaCppFactory();

    protected override UpstreamDialect Dialect { get; } = new OpenAIDialect();

    // Images only with its own setting "multimodal"; the server knows no adapter by its name.
    protected override ChatFeatures Unclaimed => ChatFeatures.ImageUrls | ChatFeatures.ImageData | ChatFeatures.ImageDetail | ChatFeatures.Adapters;

    // The server would take a tool's name for "auto".
    protected override JsonObject? Expected(ChatFeatures feature) => feature == ChatFeatures.ToolChoice
        ? new() { ["tool_choice"] = "required", ["tools"] = new JsonArray(new JsonObject { ["function"] = new JsonObject { ["name"] = "get_weather" } }) }
        : base.Expected(feature);
}
