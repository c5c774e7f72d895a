using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using Xunit;

namespace ModelMesh.Registry.Tests.Catalog;

public sealed class CatalogEventsTests
{
    [Theory]
    [InlineData(new long[] { 4, 5, 6 }, true)]
    [InlineData(new long[] { 6, 4, 5 }, true)]
    [InlineData(new long[] { 4, 4, 5, 6, 6 }, true)]
    [InlineData(new long[] { 4, 6 }, false)]
    [InlineData(new long[] { 5, 6 }, false)]
    [InlineData(new long[0], false)]
    public void Take_FromThreeToSix_NeedsEveryEventInBetween(long[] heard, bool complete)
    {
        var events = new CatalogEvents();
        Array.ForEach(heard, revision => events.Add(new CatalogEvent(revision, CatalogEventKinds.Updated, "a@v1")));

        var path = events.Take(3, 6);

        Assert.Equal(complete ? new long[] { 4, 5, 6 } : null, path?.Select(passed => passed.Revision).ToArray());
        Assert.Null(events.Take(3, 6));
    }

    [Fact]
    public void Take_KeepsWhatIsYetToCome()
    {
        var events = new CatalogEvents();
        events.Add(new CatalogEvent(4, CatalogEventKinds.Updated, "a@v1"));
        events.Add(new CatalogEvent(5, CatalogEventKinds.Updated, "a@v1"));

        Assert.Single(events.Take(3, 4)!);
        Assert.Single(events.Take(4, 5)!);
    }

    [Fact]
    public void Take_TheStoreWentBackInTime_ForgetsWhatItWillCountAgain()
    {
        var events = new CatalogEvents();
        events.Add(new CatalogEvent(7, CatalogEventKinds.Updated, "a@v1"));

        Assert.Null(events.Take(6, 5));

        Assert.Null(events.Take(6, 7));
    }
}
