using System.Globalization;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class NotFoundMessageTests
{
    private const int Many = 20_000;
    private static readonly CatalogSnapshot Large = CatalogSnapshot.Create(1, Enumerable.Range(0, Many).Select(i => FakeCatalog.Model(Name(i))));

    [Fact]
    public void UnknownModel_AmongMany_ListsTheFirstTwentyInOrderAndCountsTheRest()
    {
        var message = NotFoundMessage.For(Large, new ModelReference("nobody", null, "")).Message;

        var listed = string.Join(", ", Enumerable.Range(0, 20).Select(Name));
        Assert.Equal($"Model 'nobody' is not registered. Registered: {listed} and {Many - 20} more.", message);
    }

    [Fact]
    public void UnknownModel_AskedForAgain_CostsTheListedNamesAndNotTheWholeCatalog()
    {
        NotFoundMessage.For(Large, new ModelReference("nobody", null, ""));

        var before = GC.GetAllocatedBytesForCurrentThread();
        NotFoundMessage.For(Large, new ModelReference("nobody", null, ""));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * 1024);
    }

    [Fact]
    public void AdapterOfAVersionThatHasToBeNamed_BesideOneThatHasNot_SaysItOfTheVersionsWithTheAdapterAlone()
    {
        var catalog = CatalogSnapshot.Create(1, [FakeCatalog.Model("llama"), FakeCatalog.Model("llama", "v2") with { Weight = 0, Adapters = ["sql"] }]);

        var message = NotFoundMessage.For(catalog, new ModelReference("llama", null, "sql")).Message;

        Assert.Equal(
            "No version of model 'llama' with the adapter 'sql' takes requests that name none: each is a shadow, is draining or has the weight 0. They are: v2.", message);
    }

    private static string Name(int i) => i.ToString("model-00000", CultureInfo.InvariantCulture);
}
