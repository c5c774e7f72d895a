using System.Net;
using ModelMesh.ServiceDefaults.Store.Resp;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

public sealed class OwnConnectionTests
{
    [Fact]
    public async Task Ready_StillAnswers_IsTheSameConnection()
    {
        var server = await SharedStores.GetAsync(StoreKind.Garnet);
        using var own = New(server.Port, TimeSpan.FromSeconds(30));

        Assert.Same(await own.ReadyAsync(CancellationToken.None), await own.ReadyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Ready_Broken_IsAnotherConnectionAtOnce()
    {
        var server = await SharedStores.GetAsync(StoreKind.Garnet);
        using var own = New(server.Port, TimeSpan.FromSeconds(30));
        var first = await own.ReadyAsync(CancellationToken.None);

        first.Dispose();

        var second = await own.ReadyAsync(CancellationToken.None);
        Assert.NotSame(first, second);
        Assert.False(second.IsBroken);
    }

    [Fact]
    public async Task Ready_OpenButDeaf_IsReplacedOnlyAfterSeveralPings()
    {
        var server = await SharedStores.GetAsync(StoreKind.Garnet);
        using var relay = new DeafRelay(server.Port);
        using var own = New(relay.Port, TimeSpan.FromSeconds(1));
        var first = await own.ReadyAsync(CancellationToken.None);
        relay.DeafenConnections();

        await Assert.ThrowsAsync<TimeoutException>(() => own.ReadyAsync(CancellationToken.None));
        await Assert.ThrowsAsync<TimeoutException>(() => own.ReadyAsync(CancellationToken.None));
        Assert.False(first.IsBroken);
        RespConnection? second = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    second = await own.ReadyAsync(CancellationToken.None);
                    return true;
                }
                catch (TimeoutException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30),
            "another connection answers");

        Assert.NotSame(first, second);
        Assert.True(first.IsBroken);
    }

    private static OwnConnection New(int port, TimeSpan limit) =>
        new(RespSettings.Choose(new IPEndPoint(IPAddress.Loopback, port).ToString(), [])!, limit, TimeProvider.System);
}
