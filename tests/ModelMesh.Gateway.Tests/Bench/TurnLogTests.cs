using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.Bench.Compare.Scenarios;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class TurnLogTests
{
    private string? _ended;

    [Fact]
    public async Task Fault_OfOneContender_IsToldAsItsOwn_AndWhatWasMeasuredAndTheNextTurnCount()
    {
        var log = NewLog();
        await log.TakeAsync("churn", "portkey", 2, Turn("portkey", new HttpRequestException("refused")));
        await log.TakeAsync("churn", "mesh", 2, Turn("mesh", null));

        Assert.Equal(["portkey", "mesh"], log.Runs.Select(run => run.Contender));
        Assert.Equal([new BrokenTurn("churn", "portkey", 2, "HttpRequestException: refused")], log.Broken);
    }

    [Fact]
    public async Task Fault_OfTheBenchsOwn_IsToldByItsMessageAlone()
    {
        var log = NewLog();
        await log.TakeAsync("churn", "mesh", 1, Turn("mesh", new ContenderFault("gateway ended")));

        Assert.Equal("gateway ended", Assert.Single(log.Broken).Why);
    }

    [Fact]
    public async Task Answer_ThatTookTooLong_BreaksTheTurnOffToo()
    {
        var log = NewLog();
        await log.TakeAsync("churn", "mesh", 1, Turn("mesh", new TaskCanceledException("timed out")));

        Assert.Equal("TaskCanceledException: timed out", Assert.Single(log.Broken).Why);
    }

    [Fact]
    public async Task RunsOfATurn_InWhichTheUpstreamEnded_AreNotKept()
    {
        var log = NewLog();
        await log.TakeAsync("peak", "direct", 1, Turn("direct", null));
        _ended = "the upstream ended";
        await log.TakeAsync("peak", "mesh", 1, Turn("mesh", null));

        Assert.Equal(["direct"], log.Runs.Select(run => run.Contender));
        Assert.Equal([new BrokenTurn("peak", "mesh", 1, "the upstream ended")], log.Broken);
    }

    private static async IAsyncEnumerable<RunResult> Turn(string contender, Exception? fault)
    {
        yield return Run("churn", contender);
        await Task.CompletedTask;
        if (fault is not null)
        {
            throw fault;
        }
    }

    private TurnLog NewLog() => new(() => Task.FromResult(_ended));
}
