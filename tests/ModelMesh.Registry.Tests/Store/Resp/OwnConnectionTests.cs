using System.Net;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Store;
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

    [Theory, OnGarnet, OnRedis]
    public async Task KeepAlive_ConnectionNotLookedAtForAWhile_IsPingedOnce(StoreKind kind)
    {
        using var tap = new CommandTap((await SharedStores.GetAsync(kind)).Port);
        var time = new ManualTime();
        using var own = New(tap.Port, TimeSpan.FromSeconds(30), time);
        await own.ReadyAsync(CancellationToken.None);
        tap.Take();

        time.Move(TimeSpan.FromSeconds(59));
        await own.KeepAliveAsync();
        Assert.Empty(tap.Take());

        time.Move(TimeSpan.FromSeconds(1));
        await own.KeepAliveAsync();
        await own.KeepAliveAsync();
        Assert.Equal("PING", Assert.Single(Assert.Single(tap.Take())));
    }

    [Fact]
    public async Task KeepAlive_OpenButDeaf_TimesOut()
    {
        var server = await SharedStores.GetAsync(StoreKind.Garnet);
        using var relay = new DeafRelay(server.Port);
        var time = new ManualTime();
        using var own = New(relay.Port, TimeSpan.FromSeconds(1), time);
        await own.ReadyAsync(CancellationToken.None);
        relay.DeafenConnections();

        time.Move(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<TimeoutException>(own.KeepAliveAsync);
    }

    [Theory, OnRedis]
    public async Task Ready_StoreWasStartedAnew_RunsAScriptThatItForgot(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        using var own = New(server.Port, TimeSpan.FromSeconds(30));
        var call = new ScriptCall(StoreScript.Load<LeaseManager>("keep.lua"), ["{a}:leases", "{a}:early"], ["nobody"]);
        var first = await own.ReadyAsync(CancellationToken.None);
        Assert.Equal("lost", (await new RespScripts(first).RunAsync(call)).Text);

        await server.KillAsync();
        await first.Broken.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<IOException>(() => own.ReadyAsync(CancellationToken.None));
        await server.StartAsync();

        Assert.Equal("lost", (await new RespScripts(await own.ReadyAsync(CancellationToken.None)).RunAsync(call)).Text);
    }

    private static OwnConnection New(int port, TimeSpan limit, TimeProvider? time = null) =>
        new(RespSettings.Choose(new IPEndPoint(IPAddress.Loopback, port).ToString(), [])!, limit, time ?? TimeProvider.System);
}
