using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tgi;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class TgiConformanceTests : BackendConformance
{
    protected override IBackendFactory Factory { get; } = new TgiFactory();

    protected override UpstreamDialect Dialect { get; } = new TgiDialect();

    // Images go to the server's template; what the template makes of them is in the prompt.
    protected override JsonObject? Expected(ChatFeatures feature) =>
        feature is ChatFeatures.ImageUrls or ChatFeatures.ImageData ? new() { ["inputs"] = "TEMPLATED:hello" } : base.Expected(feature);
}
