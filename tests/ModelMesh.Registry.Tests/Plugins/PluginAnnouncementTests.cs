using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Plugins;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class PluginAnnouncementTests
{
    [Fact]
    public async Task Announced_ABuildThatSomethingStillRunsOn_IsCountedUntilThatEnds()
    {
        await using var bench = PluginBench.Open();
        bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await bench.LookAsync();
        var old = bench.Host.Find("good")!;
        Assert.True(old.TryUse());
        Assert.Null(Announced(bench).EarlierBuilds);

        bench.Folders.Touch("Good");
        await bench.LookAsync();
        Assert.NotSame(old, bench.Host.Find("good"));
        Assert.Equal(1, Announced(bench).EarlierBuilds);

        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Host.Changed += () => told.TrySetResult();
        old.Release();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Eventually.HoldsAsync(() => Announced(bench).EarlierBuilds is null, "it is unloaded");
    }

    [Fact]
    public async Task Announced_APluginThatFailed_TellsItsFolderAndWhy()
    {
        await using var bench = PluginBench.Open();
        bench.Folders.Drop(TestPlugin("NoAttribute"), "NoAttribute");
        await bench.LookAsync();

        var told = Announced(bench);
        Assert.Equal(("failed", bench.Folders["NoAttribute"]), (told.State, told.Folder));
        Assert.Contains("names its factory", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AReasonThatIsVeryLong_IsCut()
    {
        var entry = new PluginEntry(new PluginFolder("/plugins/Bad", ""), PluginState.Failed) { Error = new string('x', 5_000) };

        Assert.Equal(4_001, Assert.Single(PluginAnnouncement.Of([entry], [])).Error!.Length);
    }

    private static InstancePlugin Announced(PluginBench bench) => Assert.Single(bench.Host.Announced);
}
