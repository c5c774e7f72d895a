using System.Net;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>On real servers.</summary>
public sealed class RespConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, OnGarnet, OnRedis]
    public async Task Call_ManyThreadsAtOnce_EachGetsItsOwnAnswer(StoreKind kind)
    {
        using var connection = await OpenAsync(await SharedStores.GetAsync(kind));

        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var call = 0; call < 200; call++)
            {
                // Of many lengths, so that answers are cut wherever reads end.
                var text = $"{caller}-{call}-{new string('x', caller * call % 3000)}";
                Assert.Equal(text, (await connection.CallAsync(new WordsCommand("ECHO", text))).Text);
            }
        }))).WaitAsync(Patience);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Call_ManyWithoutWaiting_AreAnsweredInOrder(StoreKind kind)
    {
        using var connection = await OpenAsync(await SharedStores.GetAsync(kind));
        var key = TestReplica.NewPrefix();

        var counts = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(_ => connection.CallAsync(new WordsCommand("INCR", key)))).WaitAsync(Patience);

        Assert.Equal(Enumerable.Range(1, 5_000).Select(count => (long)count), counts.Select(count => count.Number));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Call_AnswerLargerThanAnyRead_IsWhole(StoreKind kind)
    {
        using var connection = await OpenAsync(await SharedStores.GetAsync(kind));
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(number => $"{number}é"));

        Assert.Equal(text, (await connection.CallAsync(new WordsCommand("ECHO", text)).WaitAsync(Patience)).Text);
        Assert.Equal("PONG", (await connection.CallAsync(new WordsCommand("PING")).WaitAsync(Patience)).Text);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task RunScript_StoreThatForgotIt_IsSentTheTextOnce(StoreKind kind)
    {
        using var tap = new CommandTap((await SharedStores.GetAsync(kind)).Port);
        using var connection = await OpenAsync(tap.Port);
        var prefix = TestReplica.NewPrefix();
        var call = new ScriptCall(StoreScript.Load<LeaseManager>("keep.lua"), [$"{{{prefix}}}:leases", $"{{{prefix}}}:early"], ["nobody"]);
        await connection.CallAsync(new WordsCommand("SCRIPT", "FLUSH"));
        tap.Take();

        Assert.Equal("lost", (await new RespScripts(connection).RunAsync(call)).Text);
        Assert.Equal("lost", (await new RespScripts(connection).RunAsync(call)).Text);

        // Another test's flush may come between, which only adds to the front.
        Assert.Equal(["EVALSHA", "EVAL"], tap.Take().Select(command => command[0]).Take(2));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task RunScript_ThatFails_IsRefusedInTheStoresWordsAndTheConnectionGoesOn(StoreKind kind)
    {
        using var connection = await OpenAsync(await SharedStores.GetAsync(kind));
        var key = TestReplica.NewPrefix();
        await connection.CallAsync(new WordsCommand("SET", key, "no sorted set"));

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(
            () => new RespScripts(connection).RunAsync(new ScriptCall(StoreScript.Load<LeaseManager>("keep.lua"), [key, key], ["nobody"])));

        Assert.Contains("WRONGTYPE", refused.Message, StringComparison.Ordinal);
        Assert.Equal("no sorted set", (await connection.CallAsync(new WordsCommand("GET", key))).Text);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Open_AnotherDatabase_IsTheOneThatIsUsed(StoreKind kind)
    {
        var server = await SharedStores.GetAsync(kind);
        using var first = await OpenAsync(server);
        using var third = await OpenAsync(server.Port, settings => settings with { Database = 3 });
        var key = TestReplica.NewPrefix();

        await third.CallAsync(new WordsCommand("SET", key, "in the third"));

        Assert.True((await first.CallAsync(new WordsCommand("GET", key))).IsNull);
        Assert.Equal("in the third", (await third.CallAsync(new WordsCommand("GET", key))).Text);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Open_DatabaseThatTheStoreDoesNotHave_IsRefused(StoreKind kind)
    {
        var server = await SharedStores.GetAsync(kind);

        await Assert.ThrowsAsync<StoreRefusedException>(() => OpenAsync(server.Port, settings => settings with { Database = 12_345 }));
    }

    [Theory, OnRedis]
    public async Task Open_StoreWithAPassword_NeedsTheRightOne(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        using var admin = await OpenAsync(server);

        // One that is not asked for is no fault.
        using (await OpenAsync(server.Port, settings => settings with { Password = "hunter2" }))
        {
            (await admin.CallAsync(new WordsCommand("CONFIG", "SET", "requirepass", "hunter2"))).ThrowIfRefused();
        }

        using var right = await OpenAsync(server.Port, settings => settings with { Password = "hunter2" });
        using var named = await OpenAsync(server.Port, settings => settings with { User = "default", Password = "hunter2" });
        Assert.Equal("PONG", (await right.CallAsync(new WordsCommand("PING"))).Text);
        Assert.Equal("PONG", (await named.CallAsync(new WordsCommand("PING"))).Text);
        var wrong = await Assert.ThrowsAsync<StoreRefusedException>(() => OpenAsync(server.Port, settings => settings with { Password = "other" }));
        Assert.StartsWith("WRONGPASS", wrong.Message, StringComparison.Ordinal);
        var none = await Assert.ThrowsAsync<StoreRefusedException>(() => OpenAsync(server));
        Assert.StartsWith("NOAUTH", none.Message, StringComparison.Ordinal);
    }

    private static Task<RespConnection> OpenAsync(StoreServer server) => OpenAsync(server.Port);

    private static Task<RespConnection> OpenAsync(int port, Func<RespSettings, RespSettings>? change = null)
    {
        var settings = RespSettings.Choose(new IPEndPoint(IPAddress.Loopback, port).ToString(), [])!;
        return RespHandshake.OpenAsync(change?.Invoke(settings) ?? settings, Patience, TimeProvider.System, CancellationToken.None);
    }
}
