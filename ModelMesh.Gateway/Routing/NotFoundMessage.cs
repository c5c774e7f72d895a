using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Routing;

/// <summary>The 404 of a request that no version serves: what was asked for, and what there is instead.</summary>
internal static class NotFoundMessage
{
    private const int MaxListed = 20;

    public static MeshException For(CatalogSnapshot catalog, string model, string? version)
    {
        var versions = catalog.VersionsOf(model);
        var message = (versions.IsEmpty, version) switch
        {
            (true, _) => $"Model '{model}' is not registered. {Existing("Registered", catalog.Names, catalog.Names.Count)}",
            (false, not null) => $"Model '{model}' has no version '{version}'. {Existing("Its versions", versions.Select(other => other.Version), versions.Length)}",
            (false, null) => $"No version of model '{model}' takes requests that name none: each is a shadow, is draining or has the weight 0. {Existing("Its versions", versions.Select(other => other.Version), versions.Length)}",
        };
        return new MeshException(ErrorCode.ModelNotFound, message);
    }

    private static string Existing(string what, IEnumerable<string> names, int count) => count == 0
        ? $"{what}: none."
        : $"{what}: {string.Join(", ", names.Take(MaxListed))}{(count > MaxListed ? $" and {count - MaxListed} more" : "")}.";
}
