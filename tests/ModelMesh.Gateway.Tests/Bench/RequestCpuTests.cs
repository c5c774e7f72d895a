using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class RequestCpuTests
{
    private static readonly View Whole = View.Of("mesh")[0];
    private static readonly View WithoutStore = View.Of("mesh")[1];

    // 10 s with 1,000 requests, after 5 s without.
    private static readonly RunResult Metered = Run("scale", "mesh") with
    {
        Processes = [Program("gateway", 3), Program("store", 1), Program("generator", 50)],
        WithoutRequests = new(5, [Program("gateway", 0.5), Program("store", 0.25), Program("upstream", 50)], Settled: true),
    };

    [Fact]
    public void WithoutRequests_IsInPercentOfACore_OfTheProgramsOfTheView() =>
        Assert.Equal((15, 10), (RequestCpu.WithoutRequests(Whole, Metered), RequestCpu.WithoutRequests(WithoutStore, Metered)));

    [Fact]
    public void Beyond_IsTheRunsLessWhatEqualTimeWithoutRequestsTakes() =>
        Assert.Equal((2.5, 2), (RequestCpu.Beyond(Whole, Metered), RequestCpu.Beyond(WithoutStore, Metered)));

    [Fact]
    public void BeyondPerRequest_DividesByAllRequests() => Assert.Equal(2_500, RequestCpu.BeyondPerRequest(Whole, Metered));

    [Fact]
    public void Beyond_WhereMoreWasUsedWithoutRequests_IsZero_AndCarriesNoRatio()
    {
        var run = Metered with { WithoutRequests = Metered.WithoutRequests! with { Seconds = 1 } };
        Assert.Equal(0, RequestCpu.Beyond(Whole, run));
        Assert.False(RequestCpu.CarriesRatios(Whole, run));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1.99, false)]
    public void Ratio_NeedsHalfASecondBeyond(double gateway, bool carried) =>
        Assert.Equal(carried, RequestCpu.CarriesRatios(WithoutStore, Metered with { Processes = [Program("gateway", gateway - 0.5)] }));

    [Fact]
    public void RunOfNoRequests_HasNoneForEach() => Assert.Null(RequestCpu.BeyondPerRequest(Whole, Metered with { Requests = 0 }));

    [Fact]
    public void RunWithoutTheMetering_HasNoneOfThem()
    {
        var run = Metered with { WithoutRequests = null };
        Assert.Equal((null, null, null), (RequestCpu.WithoutRequests(Whole, run), RequestCpu.Beyond(Whole, run), RequestCpu.BeyondPerRequest(Whole, run)));
        Assert.False(RequestCpu.CarriesRatios(Whole, run));
    }
}
