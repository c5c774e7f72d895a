using ModelMesh.Registry.Plugins;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class PluginHostTests : IAsyncLifetime
{
    private readonly PluginBench _bench = PluginBench.Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Look_AFolderWasDroppedIn_ItsTypeIsServedWithItsVersion()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();

        var entry = _bench.Entry("Good");
        Assert.Equal((PluginState.Ready, "good", "1.0.0", null), (entry.State, entry.Type, entry.Version, entry.Error));
        Assert.NotNull(_bench.Host.Find("good"));
    }

    [Fact]
    public async Task Look_NothingChanged_TheBuildStays()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        var build = _bench.Host.Find("good");
        await _bench.LookAsync();

        Assert.Same(build, _bench.Host.Find("good"));
    }

    [Fact]
    public async Task Look_TheFolderWasOverwritten_TheNewBuildServes()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        _bench.Folders.Drop(TestPlugin("GoodV2"), "Good");
        await _bench.LookAsync();

        Assert.Equal("2.0.0", _bench.Host.Find("good")!.Version);
    }

    [Fact]
    public async Task Look_TheReplacementIsBroken_TheOldBuildServesOnAndTheReasonIsShown()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        await File.WriteAllTextAsync(Path.Combine(_bench.Folders["Good"], "Good.dll"), "not an assembly");
        await _bench.LookAsync();

        Assert.Equal("1.0.0", _bench.Host.Find("good")!.Version);
        Assert.Equal(PluginState.Ready, _bench.Entry("Good").State);
        Assert.Contains("refused", _bench.Entry("Good").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_TheDepsFileOfANewFolderIsGarbage_FailedWithTheReasonAndTheOthersLoad()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await BreakDepsAsync("Good");
        _bench.Folders.DropMock();
        await _bench.LookAsync();

        AssertFailed("Good", "Its .deps.json is not JSON");
        Assert.NotNull(_bench.Host.Find("mock"));
    }

    [Fact]
    public async Task Look_TheDepsFileOfANewFolderIsJsonThatWouldEndTheProcess_FailedWithTheReasonAndTheOthersLoad()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await File.WriteAllTextAsync(Path.Combine(_bench.Folders["Good"], "Good.deps.json"), "{}");
        _bench.Folders.DropMock();
        await _bench.LookAsync();

        AssertFailed("Good", "Its .deps.json has no runtimeTarget");
        Assert.NotNull(_bench.Host.Find("mock"));
    }

    [Fact]
    public async Task Look_TheDepsFileOfAReplacementIsGarbage_TheOldBuildServesOnAndNoCopyStays()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        await BreakDepsAsync("Good");
        _bench.Folders.DropMock();
        await _bench.LookAsync();
        var table = _bench.Host.Table;
        await _bench.LookAsync();

        Assert.Same(table, _bench.Host.Table);
        Assert.Equal((PluginState.Ready, "1.0.0"), (_bench.Entry("Good").State, _bench.Host.Find("good")!.Version));
        Assert.Contains("refused: Its .deps.json is not JSON", _bench.Entry("Good").Error, StringComparison.Ordinal);
        Assert.NotNull(_bench.Host.Find("mock"));
        Assert.Equal(2, _bench.Copies.Count());
    }

    [Fact]
    public async Task Look_TheFolderIsGone_TheTypeIsNoLongerServedAndTheEntrySaysWhy()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        Directory.Delete(_bench.Folders["Good"], recursive: true);
        await _bench.LookAsync();

        Assert.Null(_bench.Host.Find("good"));
        Assert.Equal((PluginState.Removed, "good"), (_bench.Entry("Good").State, _bench.Entry("Good").Type));
        Assert.Equal("The plugin 'Good' that served backend type 'good' was removed.", _bench.Host.WhyMissing("good"));
    }

    [Fact]
    public async Task Look_TheFolderCameBack_TheTypeIsServedAgain()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        Directory.Delete(_bench.Folders["Good"], recursive: true);
        await _bench.LookAsync();
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();

        Assert.Equal(PluginState.Ready, _bench.Entry("Good").State);
        Assert.NotNull(_bench.Host.Find("good"));
    }

    [Fact]
    public async Task Look_AFolderHoldsOnlySource_ItIsNoPlugin()
    {
        Directory.CreateDirectory(_bench.Folders["ModelMesh.Backends.Mock"]);
        await File.WriteAllTextAsync(Path.Combine(_bench.Folders["ModelMesh.Backends.Mock"], "ModelMesh.Backends.Mock.csproj"), "<Project/>");
        await _bench.LookAsync();

        Assert.Empty(_bench.Host.Table.Entries);
    }

    [Fact]
    public async Task Look_TheDepsFileIsMissing_FailedWithTheReasonUntilItIsThere()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        File.Delete(Path.Combine(_bench.Folders["Good"], "Good.deps.json"));
        await _bench.LookAsync();
        AssertFailed("Good", "It has no Good.deps.json beside Good.dll");

        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        Assert.Equal(PluginState.Ready, _bench.Entry("Good").State);
    }

    [Theory]
    [InlineData("throw", "The constructor of Misbehaving.MisbehavingFactory threw InvalidOperationException: no luck today")]
    [InlineData("Not Valid", "Its factory's Type is 'Not Valid'")]
    public async Task Look_TheFactoryMisbehaves_FailedWithTheReason(string how, string reason)
    {
        _bench.Folders.DropMisbehaving(how);
        await _bench.LookAsync();

        AssertFailed("Misbehaving", reason);
    }

    [Theory]
    [InlineData("NoAttribute", "It has no [assembly: BackendFactory(typeof(…))]")]
    [InlineData("WrongSdk", "It was built against ModelMesh.Backends.Sdk 99.0; this registry has 1.")]
    public async Task Look_TheAssemblyIsNoPluginOfOurs_FailedWithTheReason(string plugin, string reason)
    {
        _bench.Folders.Drop(TestPlugin(plugin), plugin);
        await _bench.LookAsync();

        AssertFailed(plugin, reason);
    }

    [Fact]
    public async Task Look_TheFolderHasAnotherNameThanItsAssembly_FailedWithTheNameItNeeds()
    {
        _bench.Folders.Drop(TestPlugin("NoAttribute"), "Misnamed");
        await _bench.LookAsync();

        AssertFailed("Misnamed", "It holds the plugin NoAttribute, so the folder has to be named NoAttribute.");
    }

    [Fact]
    public async Task Look_OnlyTheAssemblyOfAFolderIsGone_ItIsRemovedWhateverElseLiesThere()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        _bench.Folders.Drop(TestPlugin("NoAttribute"), "Good");
        await _bench.LookAsync();
        File.Delete(Path.Combine(_bench.Folders["Good"], "Good.dll"));
        await _bench.LookAsync();

        Assert.Equal(PluginState.Removed, Assert.Single(_bench.Host.Table.Entries).State);
    }

    [Fact]
    public async Task Look_APrivateDependencyIsThere_ItIsLoadedFromTheFolder()
    {
        _bench.Folders.Drop(TestPlugin("PrivateDependency"), "PrivateDependency");
        await _bench.LookAsync();

        Assert.NotNull(_bench.Host.Find("private-dependency"));
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == "PrivateLib" && !assembly.IsCollectible);
    }

    [Fact]
    public async Task Look_APrivateDependencyIsMissing_FailedWithItsName()
    {
        _bench.Folders.Drop(TestPlugin("PrivateDependency"), "PrivateDependency");
        File.Delete(Path.Combine(_bench.Folders["PrivateDependency"], "PrivateLib.dll"));
        await _bench.LookAsync();

        AssertFailed("PrivateDependency", "It needs PrivateLib 0.1.0.0, which cannot be loaded");
    }

    [Fact]
    public async Task Look_AFailedFolderIsMended_ItIsServed()
    {
        _bench.Folders.DropMisbehaving("throw");
        await _bench.LookAsync();
        _bench.Folders.DropMisbehaving("mended-plugin");
        await _bench.LookAsync();

        Assert.Equal((PluginState.Ready, null), (_bench.Entry("Misbehaving").State, _bench.Entry("Misbehaving").Error));
        Assert.NotNull(_bench.Host.Find("mended-plugin"));
    }

    [Fact]
    public async Task Look_TwoFoldersHaveOneType_TheFirstKeepsItAndTheSecondTakesOverWhenItGoes()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        _bench.Folders.DropMisbehaving("good");
        await _bench.LookAsync();

        AssertFailed("Misbehaving", "Backend type 'good' is already served by the plugin 'Good'.");
        Assert.Equal("Good", _bench.Host.Find("good")!.FolderName);

        Directory.Delete(_bench.Folders["Good"], recursive: true);
        await _bench.LookAsync();
        Assert.Equal("Misbehaving", _bench.Host.Find("good")!.FolderName);
    }

    [Fact]
    public async Task Look_APluginNeverFinishesLoading_ItFailsAndTheOthersLoad()
    {
        await using var bench = new PluginBench(new PluginOptions { LoadTimeout = TimeSpan.FromMilliseconds(300) });
        bench.Folders.DropMisbehaving("hang");
        bench.Folders.Drop(Mock, "ModelMesh.Backends.Mock");
        bench.Folders.Drop(TestPlugin("PrivateDependency"), "PrivateDependency");
        await bench.LookAsync();

        Assert.Equal((PluginState.Failed, "It did not finish loading within 0.3 s."), (bench.Entry("Misbehaving").State, bench.Entry("Misbehaving").Error));
        Assert.Equal(["mock", "private-dependency"], bench.Host.Table.Types);
    }

    [Fact]
    public async Task Announced_AfterALook_NamesEveryPluginWithItsState()
    {
        var changes = 0;
        _bench.Host.Changed += () => changes++;
        _bench.Folders.DropMock();
        _bench.Folders.DropMisbehaving("throw");
        await _bench.LookAsync();

        Assert.Equal([("", "failed"), ("mock", "ready")], _bench.Host.Announced.Select(plugin => (plugin.Type, plugin.State)).Order());
        Assert.True(changes >= 4, "each entry's loading and outcome were announced");
    }

    private Task BreakDepsAsync(string folder) => File.WriteAllTextAsync(Path.Combine(_bench.Folders[folder], folder + ".deps.json"), "{ garbage");

    private void AssertFailed(string folder, string reason)
    {
        var entry = _bench.Entry(folder);
        Assert.Equal(PluginState.Failed, entry.State);
        Assert.Contains(reason, entry.Error, StringComparison.Ordinal);
    }
}
