namespace ModelMesh.Feed;

/// <summary>What a curated source lacks, with the ids, versions and dependencies that the bundle's deps.json gives.</summary>
internal static class CuratedPackages
{
    private const string Grpc = "2.80.0";
    private const string Protobuf = "3.34.1";
    private const string Apache = "Apache-2.0";
    private const string GrpcAuthors = "The gRPC Authors";

    public static IReadOnlyList<CuratedPackage> All { get; } =
    [
        new("Google.Protobuf", Protobuf, "Google Inc.", "BSD-3-Clause", HasAssembly: true, IsForAspNetCore: false, []),
        GrpcLibrary("Grpc.Core.Api"),
        GrpcLibrary("Grpc.Net.Common", "Grpc.Core.Api"),
        GrpcLibrary("Grpc.Net.Client", "Grpc.Net.Common"),
        GrpcLibrary("Grpc.Net.ClientFactory", "Grpc.Net.Client"),
        GrpcLibrary("Grpc.AspNetCore.Server", "Grpc.Net.Common") with { IsForAspNetCore = true },
        GrpcLibrary("Grpc.AspNetCore.Server.ClientFactory", "Grpc.AspNetCore.Server", "Grpc.Net.ClientFactory") with { IsForAspNetCore = true },
        // Grpc.Tools is the version that curated sources have; the metapackage asks for it at build time only.
        new("Grpc.AspNetCore", Grpc, GrpcAuthors, Apache, HasAssembly: false, IsForAspNetCore: false,
            [new("Google.Protobuf", Protobuf), new("Grpc.AspNetCore.Server.ClientFactory", Grpc), new("Grpc.Tools", "2.85.0")]),
        new("OpenTelemetry.Extensions.Hosting", "1.15.3", "OpenTelemetry Authors", Apache, HasAssembly: true, IsForAspNetCore: true, [new("OpenTelemetry", "1.15.3")]),
        new("System.IO.Hashing", "10.0.8", "Microsoft", "MIT", HasAssembly: true, IsForAspNetCore: false, []),
    ];

    private static CuratedPackage GrpcLibrary(string id, params string[] dependencies) =>
        new(id, Grpc, GrpcAuthors, Apache, HasAssembly: true, IsForAspNetCore: id.StartsWith("Grpc.Net.Client", StringComparison.Ordinal),
            [.. dependencies.Select(dependency => new PackageDependency(dependency, Grpc))]);
}
