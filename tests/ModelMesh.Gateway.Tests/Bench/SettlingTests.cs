using ModelMesh.Bench.Compare.Scenarios;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class SettlingTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(new double[] { 14.9 }, true, 1)]
    [InlineData(new double[] { 180, 15, 14.9, 80 }, true, 3)]
    public async Task Wait_EndsWithTheFirstLookBelowFifteenPercent(double[] percent, bool settled, int looks) =>
        Assert.Equal((settled, looks), await SettleAsync(percent));

    [Fact]
    public async Task Wait_ThatDoesNotComeToThat_EndsWhenPatienceDoes() => Assert.Equal((false, 30), await SettleAsync([.. Enumerable.Repeat(15.0, 100)]));

    private async Task<(bool Settled, int Looks)> SettleAsync(double[] percent)
    {
        var looks = 0;
        var settled = await Settling.AwaitAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(percent[looks++]);
            },
            _clock);
        return (settled, looks);
    }
}
