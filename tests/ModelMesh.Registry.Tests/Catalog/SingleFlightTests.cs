using ModelMesh.ServiceDefaults.Catalog;
using Xunit;

namespace ModelMesh.Registry.Tests.Catalog;

public sealed class SingleFlightTests
{
    [Fact]
    public async Task Run_CallersDuringARun_ShareTheNextOne()
    {
        var (runs, gate) = (0, new TaskCompletionSource());
        var flight = new SingleFlight<int>(async () =>
        {
            var run = ++runs;
            await gate.Task;
            return run;
        });
        var first = flight.RunAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => runs == 1, TimeSpan.FromSeconds(5), "the first run began");

        var late = Enumerable.Range(0, 100).Select(_ => flight.RunAsync(CancellationToken.None)).ToArray();
        gate.SetResult();

        Assert.Equal(1, await first);
        Assert.All(await Task.WhenAll(late), run => Assert.Equal(2, run));
        Assert.Equal(3, await flight.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_ThatFails_FailsItsCallersOnly()
    {
        var runs = 0;
        var flight = new SingleFlight<int>(() => ++runs == 1 ? throw new InvalidOperationException("first") : Task.FromResult(runs));

        await Assert.ThrowsAsync<InvalidOperationException>(() => flight.RunAsync(CancellationToken.None));

        Assert.Equal(2, await flight.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_CallerThatGivesUp_DoesNotStopTheOthers()
    {
        var gate = new TaskCompletionSource<int>();
        var flight = new SingleFlight<int>(() => gate.Task);
        using var impatient = new CancellationTokenSource();
        var gone = flight.RunAsync(impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        gate.SetResult(7);
        Assert.Equal(7, await flight.RunAsync(CancellationToken.None));
    }
}
