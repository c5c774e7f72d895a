namespace ModelMesh.Feed;

/// <param name="Authors">As the real package names them.</param>
/// <param name="License">The real package's SPDX expression.</param>
/// <param name="HasAssembly">False for a metapackage.</param>
/// <param name="IsForAspNetCore">Whether it needs the ASP.NET Core framework.</param>
internal sealed record CuratedPackage(string Id, string Version, string Authors, string License, bool HasAssembly, bool IsForAspNetCore, PackageDependency[] Dependencies);

internal sealed record PackageDependency(string Id, string Version);
