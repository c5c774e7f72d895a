using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Bench.Micro;

/// <summary>Catalogs of many models, each of one version.</summary>
internal static class Catalogs
{
    /// <summary>Models <c>model-0</c> and on. All have the capability <c>tools</c>, the last has <c>vision</c> besides, and the last is the cheapest.</summary>
    public static CatalogSnapshot Of(int models) => CatalogSnapshot.Create(models, Enumerable.Range(0, models).Select(number => Model(number, models)));

    public static ModelVersion Model(int number, int models, long revision = 0) => new()
    {
        Name = $"model-{number}",
        Version = "v1",
        BackendType = "mock",
        Capabilities = number == models - 1 ? ["tools", "vision"] : ["tools"],
        Cost = models - number,
        Revision = revision == 0 ? number + 1 : revision,
    };
}
