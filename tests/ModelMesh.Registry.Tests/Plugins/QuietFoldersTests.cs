using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class QuietFoldersTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly ManualTime _time = new();
    private readonly QuietFolders _folders;

    public QuietFoldersTests() => _folders = new QuietFolders(Quiet, _time);

    [Fact]
    public void Look_FilesStillChange_TheFolderWaitsUntilTheyHaveBeenQuiet()
    {
        Assert.Empty(Look("1").Present);
        _time.Move(Quiet / 2);
        Assert.False(Look("2").AllSettled);
        _time.Move(Quiet / 2);
        Assert.Empty(Look("2").Present);
        _time.Move(Quiet / 2);

        var settled = Look("2");
        Assert.True(settled.AllSettled);
        Assert.Equal("2", Assert.Single(settled.Present).Fingerprint);
    }

    [Fact]
    public void Look_AFolderIsAwayForAMoment_ItIsNotGone()
    {
        Look("1");
        _time.Move(Quiet);
        Look("1");
        var away = _folders.Look([]);
        Assert.False(away.AllSettled);
        Assert.Empty(away.Gone);
        _time.Move(Quiet / 2);
        Assert.Empty(Look("2").Gone);
        _time.Move(Quiet);

        Assert.Equal("2", Assert.Single(Look("2").Present).Fingerprint);
    }

    [Fact]
    public void Look_AFolderStaysAway_ItIsGoneOnce()
    {
        Look("1");
        _folders.Look([]);
        _time.Move(Quiet);

        Assert.Equal(["/plugins/p"], _folders.Look([]).Gone);
        Assert.Empty(_folders.Look([]).Gone);
    }

    [Fact]
    public void Look_FoldersWereSeenTogether_TheyComeThroughTogetherHoweverLongALookTakes()
    {
        var folders = new QuietFolders(TimeSpan.FromTicks(4), new TickingTime());
        PluginFolder[] both = [new("/plugins/a", "1"), new("/plugins/b", "1")];

        Assert.Equal([0, 0, 0, 0, 2], Enumerable.Range(0, 5).Select(_ => folders.Look(both).Present.Count));
    }

    private QuietFolders.Result Look(string fingerprint) => _folders.Look([new PluginFolder("/plugins/p", fingerprint)]);

    /// <summary>Moves on whenever it is read.</summary>
    private sealed class TickingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ++_now;
    }
}
