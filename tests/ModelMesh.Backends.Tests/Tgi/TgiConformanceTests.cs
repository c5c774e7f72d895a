using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tgi;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class TgiConformanceTests : BackendConformance
{
    protected override IBackendFactory Factory { get; } = new TgiFactory();

    protected override UpstreamDialect Dialect { get; } = new TgiDialect();
}
