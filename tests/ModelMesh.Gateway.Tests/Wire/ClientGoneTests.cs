using System.Diagnostics;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

[Collection(TimingTests.Name)]
public sealed class ClientGoneTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task ClientGone_BeforeTheFirstToken_CancelsUpstreamWithin100Milliseconds()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address);
        await raw.PostAsync("""{"model":"chat","input":"hi"}""");
        await Eventually.HoldsAsync(() => registry.Calls.Count == 1, "the call reached the registry");

        await LeaveAndMeasureAsync(raw, registry);
    }

    [Fact]
    public async Task ClientGone_InMidStream_CancelsUpstreamWithin100Milliseconds()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address);
        await raw.PostAsync("""{"model":"chat","input":"hi"}""");
        await raw.ReadAsync(until: "{\"token\":\"one\"}\n\n\r\n");

        await LeaveAndMeasureAsync(raw, registry);
    }

    [Fact]
    public async Task ClientGone_WhileItReadNothing_CancelsUpstreamWithin100Milliseconds()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = FloodAsync;
        await using var gateway = await TestGateway.StartAsync(registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address, receiveBuffer: 4096);
        await raw.PostAsync("""{"model":"chat","input":"hi"}""");
        await StandstillAsync(registry);

        await LeaveAndMeasureAsync(raw, registry);
    }

    [Fact]
    public async Task StalledReader_IsCutAfterTheLimit_HoweverMuchItWasSentBefore()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = FloodAsync;
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Limits:StalledReader=00:00:02"], registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address, receiveBuffer: 4096);
        await raw.PostAsync("""{"model":"chat","input":"hi"}""");
        await StandstillAsync(registry);

        await Eventually.HoldsAsync(() => registry.Calls.Single().CancelledAt != 0, "the call of a reader that stands still was cancelled");
    }

    [Fact]
    public async Task SlowReader_ThatReadsSteadily_IsNotTakenForAStalledOne()
    {
        const int PieceBytes = 10_000;
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = FloodAsync;
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Limits:StalledReader=00:00:02"], registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address, receiveBuffer: 64 * 1024);
        await raw.PostAsync("""{"model":"chat","input":"hi"}""");
        await StandstillAsync(registry);

        // 200 KB/s for four times the limit; as long as it takes when the machine is slow.
        using var pieces = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var piece = new byte[PieceBytes];
        for (var i = 0; i < 160; i++)
        {
            await pieces.WaitForNextTickAsync();
            await raw.Stream.ReadExactlyAsync(piece);
        }

        Assert.Equal(0, registry.Calls.Single().CancelledAt);
    }

    [Fact]
    public async Task SlowReader_HoldsTheRegistryBack_AndLosesNothing()
    {
        const int Total = 20_000;
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            for (var i = 0; i < Total; i++)
            {
                await call.TokensAsync(Filler(i));
            }

            await call.CompleteAsync(Total);
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address, receiveBuffer: 4096);
        await raw.PostAsync("""{"model":"chat","input":"hi"}""", "Connection: close\r\n");

        var held = await StandstillAsync(registry);
        var answer = await raw.ReadAsync();

        Assert.InRange(held, 1, Total / 2);
        var body = RawHttp.Dechunk(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(Total + 1, body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(Filler(Total - 1), body, StringComparison.Ordinal);
        Assert.Contains("event: done", body, StringComparison.Ordinal);
    }

    private static string Filler(int i) => $"{i}-{new string('x', 1000)}";

    private static async Task FloodAsync(FakeCall call)
    {
        await call.AcceptAsync();
        for (var i = 0; ; i++)
        {
            await call.TokensAsync(Filler(i));
        }
    }

    // Back-pressure has reached the registry when it has sent nothing more for a while.
    private static async Task<long> StandstillAsync(FakeRegistry registry)
    {
        long last = 0;
        var since = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(
            () =>
            {
                var sent = registry.Calls.SingleOrDefault()?.Sent ?? 0;
                if (sent != last)
                {
                    (last, since) = (sent, Stopwatch.GetTimestamp());
                }

                return last > 0 && Stopwatch.GetElapsedTime(since) > TimeSpan.FromMilliseconds(300);
            },
            "the registry is held back");
        return last;
    }

    private static async Task LeaveAndMeasureAsync(RawHttp client, FakeRegistry registry)
    {
        var left = Stopwatch.GetTimestamp();
        client.Dispose();
        await Eventually.HoldsAsync(() => registry.Calls.Single().CancelledAt != 0, "the registry saw the cancellation");
        Assert.InRange(Stopwatch.GetElapsedTime(left, registry.Calls.Single().CancelledAt), TimeSpan.Zero, Soon);
    }
}
