using ModelMesh.Bench.Compare.Processes;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ProcessorTimeTests
{
    [Fact]
    public void Line_OfTheKernel_IsWhatWasWantedAndWhatTheHostTook() =>
        Assert.Equal(new ProcessorTime(Wanted: 1 + 2 + 3 + 6 + 7 + 8, Stolen: 8), ProcessorTime.Read("cpu  1 2 3 4 5 6 7 8 9 10"));

    [Fact]
    public void Line_OfAKernelThatKnowsNoHosts_HasNothingStolen() => Assert.Equal(new ProcessorTime(19, 0), ProcessorTime.Read("cpu 1 2 3 4 5 6 7"));

    [Theory]
    [InlineData(1100, 25, 25)]
    [InlineData(1000, 0, 0)]
    public void Stolen_IsToldOfWhatWasWantedSince(long wanted, long stolen, double percent) =>
        Assert.Equal(percent, new ProcessorTime(wanted, stolen).StolenPercentSince(new ProcessorTime(1000, 0)));
}
