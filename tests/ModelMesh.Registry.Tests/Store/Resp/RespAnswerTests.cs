using System.Text;
using ModelMesh.Registry.Leases;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>Which call gets which answer.</summary>
public sealed class RespAnswerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Call_WhoseCallerWentAway_KeepsItsPlaceAmongTheAnswers()
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        using var gone = new CancellationTokenSource();
        Task<StoreReply>[] calls = [Ping(connection), Ping(connection), Ping(connection)];
        var given = calls[1].WaitAsync(gone.Token);
        await pair.HearAsync();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await AnswerAsync(pair, ":1\r\n:2\r\n:3\r\n");

        Assert.Equal([1L, 2L, 3L], (await Task.WhenAll(calls).WaitAsync(Patience)).Select(reply => reply.Number));
    }

    [Fact]
    public async Task Call_ErrorsWithinAnArray_AreItsPartsAndNoRefusal()
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        var (first, second) = (Ping(connection), Ping(connection));
        await pair.HearAsync();

        await AnswerAsync(pair, "*3\r\n:1\r\n-ERR outer\r\n*2\r\n-WRONGTYPE inner\r\n$2\r\nok\r\n+PONG\r\n");

        var reply = await first.WaitAsync(Patience);
        reply.ThrowIfRefused();
        Assert.Equal(1, reply.Items[0].Number);
        Assert.Equal("ERR outer", reply.Items[1].Refusal);
        Assert.Equal(("WRONGTYPE inner", "ok"), (reply.Items[2].Items[0].Refusal, reply.Items[2].Items[1].Text));
        Assert.Contains("ERR outer", Assert.Throws<InvalidCastException>(() => reply.Items[1].Text).Message, StringComparison.Ordinal);
        Assert.Equal("PONG", (await second.WaitAsync(Patience)).Text);
    }

    [Fact]
    public async Task RunScript_OthersWaitWhileItsTextIsSent_EachGetsItsOwnAnswer()
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        var (script, ping) = (RunAsync(connection), Ping(connection));
        var reader = new CommandReader();
        await HearAsync(pair, reader, "EVALSHA", "PING");

        await AnswerAsync(pair, "-NOSCRIPT No matching script.\r\n");
        await HearAsync(pair, reader, "EVAL");
        await AnswerAsync(pair, "+PONG\r\n+kept\r\n");

        Assert.Equal("PONG", (await ping.WaitAsync(Patience)).Text);
        Assert.Equal("kept", (await script.WaitAsync(Patience)).Text);
    }

    [Fact]
    public async Task RunScript_ConnectionEndsWhileItsTextIsSent_FailsLikeAStoreThatIsAway()
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        var script = RunAsync(connection);
        var reader = new CommandReader();
        await HearAsync(pair, reader, "EVALSHA");

        await AnswerAsync(pair, "-NOSCRIPT No matching script.\r\n");
        await HearAsync(pair, reader, "EVAL");
        pair.Far.Close();

        Assert.True(StoreErrors.IsAway(await Assert.ThrowsAsync<IOException>(() => script.WaitAsync(Patience))));
    }

    private static Task<StoreReply> Ping(RespConnection connection) => connection.CallAsync(new WordsCommand("PING"));

    private static Task<StoreReply> RunAsync(RespConnection connection) =>
        new RespScripts(connection).RunAsync(new ScriptCall(StoreScript.Load<LeaseManager>("keep.lua"), ["a", "b"], ["nobody"]));

    private static Task AnswerAsync(SocketPair pair, string answer) => pair.Far.WriteAsync(Encoding.UTF8.GetBytes(answer)).AsTask();

    private static async Task HearAsync(SocketPair pair, CommandReader reader, params string[] expected)
    {
        var (heard, bytes) = (new List<string>(), new byte[64 * 1024]);
        while (heard.Count < expected.Length)
        {
            heard.AddRange(reader.Read(bytes.AsSpan(0, await pair.Far.ReadAtLeastAsync(bytes, 1).AsTask().WaitAsync(Patience))).Select(command => command[0]));
        }

        Assert.Equal(expected, heard);
    }
}
