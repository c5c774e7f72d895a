using System.Diagnostics;
using System.Text.Json;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Backends.Mock.Tests;

public sealed class MockJournalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelmesh-journal-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Calls_ThatEndInEveryWay_AreWrittenDownInOrder()
    {
        var started = Stopwatch.GetTimestamp();
        await using (var backend = Make(""" "fail_after_tokens":3 """))
        {
            await backend.TokensAsync("two words", new BackendCallOptions { RequestId = "r-1" });
            await Assert.ThrowsAsync<BackendException>(() => backend.TokensAsync("three words now"));
            await using var abandoned = backend.Stream("hello").GetAsyncEnumerator();
            Assert.True(await abandoned.MoveNextAsync());
        }

        var lines = Lines();
        Assert.Equal(
            "start first_token completed start first_token failed start first_token cancelled disposed",
            string.Join(' ', lines.Select(line => line.GetProperty("event").GetString())));
        Assert.Equal("1 1 1 2 2 2 3 3 3 0", string.Join(' ', lines.Select(line => line.GetProperty("call").GetInt32())));
        Assert.All(lines, line => Assert.Equal(("chat", "v1", 7, Environment.ProcessId), (line.GetProperty("model").GetString(), line.GetProperty("version").GetString(), line.GetProperty("revision").GetInt32(), line.GetProperty("process").GetInt32())));
        Assert.Equal("r-1", lines[0].GetProperty("request_id").GetString());
        var times = lines.Select(line => line.GetProperty("at").GetInt64()).ToList();
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0], started, Stopwatch.GetTimestamp());
    }

    [Fact]
    public async Task Calls_AtTheSameTime_AreCountedInFlightWithTheirPeak()
    {
        await using var backend = Make(""" "hang":true """, new RecordedTime(never: true));
        using var cancel = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 5).Select(_ => backend.TokensAsync("hello", cancellationToken: cancel.Token)).ToList();
        Assert.Equal(5, Lines()[^1].GetProperty("in_flight").GetInt32());
        await cancel.CancelAsync();
        await Task.WhenAll(calls.Select(call => Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)));

        var last = Lines()[^1];
        Assert.Equal((0, 5), (last.GetProperty("in_flight").GetInt32(), last.GetProperty("peak").GetInt32()));
    }

    [Theory]
    [InlineData("true", "health_check disposed")]
    [InlineData("false", "")]
    public async Task HealthChecks_AreWrittenDownWhereAskedFor(string asked, string events)
    {
        await using (var backend = Make($"\"journal_checks\":{asked}"))
        {
            await backend.CheckHealthAsync(CancellationToken.None);
        }

        Assert.Equal(events, string.Join(' ', Directory.GetFiles(_directory).Length == 0 ? [] : Lines().Select(line => line.GetProperty("event").GetString())));
    }

    [Fact]
    public async Task AnInstanceThatWasNeverCalled_LeavesNoFile()
    {
        await Make(""" "hang":false """).DisposeAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    private IBackend Make(string settings, TimeProvider? time = null) => Mocks.Make($$"""{"journal":"{{_directory}}",{{settings}}}""", time);

    private List<JsonElement> Lines()
    {
        using var stream = new FileStream(Assert.Single(Directory.GetFiles(_directory)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
