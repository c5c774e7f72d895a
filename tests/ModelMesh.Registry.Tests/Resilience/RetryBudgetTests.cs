using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Resilience;

public sealed class RetryBudgetTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(0.2, 0, 10)]
    [InlineData(0.2, 100, 30)]
    [InlineData(0, 100, 10)]
    [InlineData(1, 100, 110)]
    public void TryRetry_SoManyRequests_AShareOfThemAndAFewMore(double ratio, int requests, int retries)
    {
        var budget = new RetryBudget(ratio, _time);
        Ask(budget, requests);

        Assert.Equal(retries, Retry(budget));
    }

    [Fact]
    public void TryRetry_TenSecondsLater_NothingOfItCounts()
    {
        var budget = new RetryBudget(0.2, _time);
        Ask(budget, 100);
        Assert.Equal(30, Retry(budget));
        _time.Move(TimeSpan.FromSeconds(9));
        Assert.Equal(0, Retry(budget));

        _time.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Retry(budget));
    }

    [Fact]
    public void GiveBack_ARetryThatWasNotMade_MayBeMadeByAnother()
    {
        var budget = new RetryBudget(0, _time);
        Assert.Equal(10, Retry(budget));

        budget.GiveBack();

        Assert.Equal(1, Retry(budget));
    }

    private static void Ask(RetryBudget budget, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            budget.Requested();
        }
    }

    private static int Retry(RetryBudget budget) => Enumerable.Range(0, 1000).TakeWhile(_ => budget.TryRetry()).Count();
}
