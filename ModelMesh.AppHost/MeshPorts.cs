using Microsoft.Extensions.Configuration;

namespace ModelMesh.AppHost;

/// <summary>The mesh's public ports (section <c>Ports</c>). 0 takes a free one, so that a second mesh can run beside the first.</summary>
internal sealed record MeshPorts(int? Gateway, int? Registry, int? RegistryGrpc)
{
    public static MeshPorts From(IConfiguration configuration) => new(
        Port(configuration, "Gateway", 8080),
        Port(configuration, "Registry", 8081),
        Port(configuration, "RegistryGrpc", 9090));

    // The app model's word for "any port" is null.
    private static int? Port(IConfiguration configuration, string name, int defaultPort) =>
        configuration.GetValue($"Ports:{name}", defaultPort) is > 0 and var port ? port : null;
}
