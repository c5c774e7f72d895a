using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Ui.Live;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class LivePulseTests : IDisposable
{
    private readonly FakeCatalog _catalog = new();
    private readonly CountedTopic _topic = new();
    private readonly BrokenTopic _broken = new("broken", new InvalidOperationException("broken"));
    private readonly BrokenTopic _givenUp = new("given-up", new OperationCanceledException("too late"));
    private readonly SilentTopic _silent = new();
    private readonly CountedFamily _family = new();
    private readonly LivePulse _pulse;

    public LivePulseTests() => _pulse = new LivePulse(
        [_topic, _broken, _givenUp, _silent], [_family], _catalog, TimeProvider.System, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), NullLogger<LivePulse>.Instance);

    public void Dispose() => _pulse.Dispose();

    [Fact]
    public async Task Add_APage_IsSentAllAndThenWhatChanges()
    {
        var page = Open("counted");
        Assert.Contains("\"full\":true", await NextAsync(page), StringComparison.Ordinal);

        _topic.Value = "\"other\"";
        _catalog.Put(TestModel.Mock());
        var next = await NextAsync(page);
        Assert.DoesNotContain("full", next, StringComparison.Ordinal);
        Assert.Contains("\"other\"", next, StringComparison.Ordinal);
        _pulse.Remove(page);
    }

    [Fact]
    public async Task Add_ASecondPage_GetsTheSameBytesFromOneRead()
    {
        var (first, second) = (Open("counted"), Open("counted"));
        await Task.WhenAll(NextAsync(first), NextAsync(second));
        var reads = _topic.Reads;

        _topic.Value = "2";
        _catalog.Put(TestModel.Mock());
        var frames = await Task.WhenAll(first.Frames.ReadAsync().AsTask(), second.Frames.ReadAsync().AsTask());
        Assert.Same(frames[0], frames[1]);
        Assert.InRange(_topic.Reads, reads + 1, reads + 2);
        _pulse.Remove(first);
        _pulse.Remove(second);
    }

    [Fact]
    public async Task Remove_TheLastPage_EndsTheReadingUntilAnotherOneIsOpen()
    {
        var page = Open("counted");
        await NextAsync(page);
        _pulse.Remove(page);

        // It may be in the midst of its last round, which a second change of the catalog cannot be seen by.
        _catalog.Put(TestModel.Mock());
        await Eventually.HoldsAsync(() => !_pulse.IsReading, "the pulse rests");
        var reads = _topic.Reads;
        _catalog.Put(TestModel.Mock());
        Assert.Equal(reads, _topic.Reads);

        var other = Open("counted");
        Assert.Contains("\"full\":true", await NextAsync(other), StringComparison.Ordinal);
        _pulse.Remove(other);
    }

    [Fact]
    public async Task Topic_ThatCannotBeRead_TakesNoOtherWithIt()
    {
        var page = Open("broken", "counted");

        Assert.StartsWith("event: counted", await NextAsync(page), StringComparison.Ordinal);
        _pulse.Remove(page);
    }

    [Fact]
    public async Task Topic_WhoseReadingIsGivenUp_IsTriedAgainAndEndsNothing()
    {
        var page = Open("given-up", "counted");
        await NextAsync(page);

        _topic.Value = "\"other\"";
        _catalog.Put(TestModel.Mock());

        Assert.Contains("\"other\"", await NextAsync(page), StringComparison.Ordinal);
        _pulse.Remove(page);
    }

    [Fact]
    public async Task Topic_ThatDoesNotAnswer_KeepsNoOtherBack()
    {
        var page = Open("silent", "counted");

        Assert.StartsWith("event: counted", await NextAsync(page), StringComparison.Ordinal);
        _silent.Answer();
        Assert.StartsWith("event: silent", await NextAsync(page), StringComparison.Ordinal);
        _pulse.Remove(page);
    }

    [Fact]
    public async Task Add_PagesThatAskForPartsOfATopic_AreEachSentTheirs()
    {
        var (first, second, same) = (Open("family:a=1"), Open("family:a=2"), Open("family:a=1"));
        var frames = await Task.WhenAll(NextAsync(first), NextAsync(second), NextAsync(same));

        Assert.Equal(["event: family:a=1", "event: family:a=2", "event: family:a=1"], frames.Select(frame => frame.Split('\n')[0]));
        Assert.Contains("\"a=2\"", frames[1], StringComparison.Ordinal);
        Assert.Equal(["a=1", "a=2"], _family.Made.Order(StringComparer.Ordinal));
        Array.ForEach([first, second, same], _pulse.Remove);
    }

    [Theory]
    [InlineData("counted", true)]
    [InlineData("family:", true)]
    [InlineData("family:a=1", true)]
    [InlineData("family", false)]
    [InlineData("counted:a=1", false)]
    [InlineData("family:a\nb", false)]
    [InlineData("family:\u00e4", false)]
    public void Knows_ATopic_IsTrueOfThoseThatThereAreAndOfPartsThatCanBeNamedInAnEvent(string topic, bool known) => Assert.Equal(known, _pulse.Knows(topic));

    [Fact]
    public async Task Send_ToAPageThatDoesNotRead_EndsItsStream()
    {
        var page = Open("counted");
        await NextAsync(page);
        for (var i = 0; i < 100; i++)
        {
            page.Send([1]);
        }

        while (await page.Frames.WaitToReadAsync())
        {
            page.Frames.TryRead(out _);
        }

        _pulse.Remove(page);
    }

    private LiveReader Open(params string[] topics)
    {
        var reader = new LiveReader(topics.ToHashSet(StringComparer.Ordinal));
        _pulse.Add(reader);
        return reader;
    }

    private static async Task<string> NextAsync(LiveReader reader) => System.Text.Encoding.UTF8.GetString(await reader.Frames.ReadAsync());

    private sealed class CountedTopic : ILiveTopic
    {
        private int _reads;

        public string Name => "counted";

        public string Value { get; set; } = "1";

        public int Reads => Volatile.Read(ref _reads);

        public ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["value"] = Value });
        }
    }

    private sealed class CountedFamily : IFilteredTopic
    {
        public List<string> Made { get; } = [];

        public string Name => "family";

        public ILiveTopic Of(string filter)
        {
            Made.Add(filter);
            return new CountedTopic { Value = $"\"{filter}\"" };
        }
    }

    private sealed class BrokenTopic(string name, Exception exception) : ILiveTopic
    {
        public string Name => name;

        public ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) => throw exception;
    }

    private sealed class SilentTopic : ILiveTopic
    {
        private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "silent";

        public void Answer() => _answer.SetResult(new Dictionary<string, string>());

        public ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) => new(_answer.Task);
    }
}
