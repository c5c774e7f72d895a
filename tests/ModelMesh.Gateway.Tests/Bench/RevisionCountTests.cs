using ModelMesh.Bench.Compare.Scenarios;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class RevisionCountTests
{
    [Theory]
    [InlineData(new long[] { 5, 6, 7 }, 3)]
    [InlineData(new long[] { 5, 5, 6 }, 2)]
    [InlineData(new long[] { 4, 4, 4 }, 0)]
    public void Updates_AreTheRevisionsThatAreNew(long[] answered, int updates)
    {
        var count = new RevisionCount(before: 4);
        Array.ForEach(answered, count.Answered);

        Assert.Equal(updates, count.New);
    }
}
