using System.Globalization;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;

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

    private static string Name(int i) => i.ToString("model-00000", CultureInfo.InvariantCulture);
}
