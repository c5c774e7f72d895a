using ModelMesh.Registry.Plugins;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>A plugin, first in scan order, whose factory's constructor returns when a test says so, if ever.</summary>
public sealed class HangingLoadTests : IAsyncLifetime
{
    private const string MockFolder = "ModelMesh.Backends.Mock";

    private readonly PluginBench _bench = PluginBench.Open(new PluginOptions { LoadTimeout = TimeSpan.FromMinutes(1) });

    private string GoFile => Path.Combine(_bench.Folders.Root, "go");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // A test that failed may have left a thread that waits for its file.
        LetGo();
        await _bench.DisposeAsync();
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("hang-static")]
    public async Task Look_TheFirstFolderHangs_ItIsLoadingAndTheOthersAreServed(string how)
    {
        _bench.Folders.DropMisbehaving(how);
        _bench.Folders.DropMock();
        _bench.BeginLook();

        await Eventually.HoldsAsync(() => _bench.Host.Find("mock") is not null, "the other is served");
        Assert.Equal(PluginState.Loading, _bench.Entry("Misbehaving").State);
    }

    [Fact]
    public async Task Look_TheHangingFolderChanges_TheNewContentIsServedAndTheBuildOfTheOldIsReleased()
    {
        _bench.Folders.DropMisbehaving("old", GoFile);
        _bench.BeginLook();
        await HangsAsync();
        _bench.Folders.DropMisbehaving("new");
        _bench.BeginLook();

        await Eventually.HoldsAsync(() => _bench.Host.Find("new") is not null, "the new content is served");
        LetGo();
        await Eventually.HoldsAsync(() => _bench.Copies.Count() == 1, "the old content's build is released");
        Assert.Equal((PluginState.Ready, "new"), (_bench.Entry("Misbehaving").State, _bench.Entry("Misbehaving").Type));
        Assert.Equal(["new"], _bench.Host.Table.Types);
    }

    [Fact]
    public async Task Look_TheHangingFolderGoes_ItIsRemovedAndItsBuildIsReleased()
    {
        _bench.Folders.DropMisbehaving("late", GoFile);
        _bench.BeginLook();
        await HangsAsync();
        Directory.Delete(_bench.Folders["Misbehaving"], recursive: true);
        await _bench.LookAsync().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(PluginState.Removed, _bench.Entry("Misbehaving").State);

        LetGo();
        await Eventually.HoldsAsync(() => !_bench.Copies.Any(), "its build is released");
        Assert.Equal(PluginState.Removed, _bench.Entry("Misbehaving").State);
        Assert.Empty(_bench.Host.Table.Types);
    }

    [Fact]
    public async Task Look_TheHangingFolderGoesAndComesBack_WhatCameBackIsServed()
    {
        _bench.Folders.DropMisbehaving("before", GoFile);
        _bench.BeginLook();
        await HangsAsync();
        Directory.Delete(_bench.Folders["Misbehaving"], recursive: true);
        _bench.BeginLook();
        _bench.Folders.DropMisbehaving("after");
        await _bench.LookAsync().WaitAsync(TimeSpan.FromSeconds(5));

        LetGo();
        await Eventually.HoldsAsync(() => _bench.Copies.Count() == 1, "the build from before is released");
        Assert.Equal(["after"], _bench.Host.Table.Types);
    }

    [Fact]
    public async Task Look_AReplacementHangs_TheOldBuildServesUntilItIsLoaded()
    {
        _bench.Folders.DropMisbehaving("replaced");
        await _bench.LookAsync();
        var old = _bench.Host.Find("replaced");
        _bench.Folders.DropMisbehaving("replaced", GoFile);
        _bench.BeginLook();
        _bench.Folders.DropMock();
        _bench.BeginLook();
        await Eventually.HoldsAsync(() => _bench.Host.Find("mock") is not null, "the other is served");
        Assert.Equal((PluginState.Ready, old), (_bench.Entry("Misbehaving").State, _bench.Host.Find("replaced")));

        LetGo();
        await Eventually.HoldsAsync(() => _bench.Host.Find("replaced") != old, "the replacement serves");
        Assert.NotNull(_bench.Host.Find("replaced"));
        await Eventually.HoldsAsync(() => _bench.Copies.Count() == 2, "the old build is released");
    }

    [Fact]
    public async Task Look_TwoFoldersOfOneLookHaveOneType_TheEarlierOneServesItThoughItLoadsLater()
    {
        _bench.Folders.DropMisbehaving("mock", GoFile);
        _bench.Folders.DropMock();
        _bench.BeginLook();
        await Eventually.HoldsAsync(() => _bench.Host.Find("mock")?.FolderName == MockFolder, "the later one serves it meanwhile");

        LetGo();
        await Eventually.HoldsAsync(() => _bench.Host.Find("mock")!.FolderName == "Misbehaving", "the earlier one serves it");
        Assert.Equal(
            (PluginState.Failed, "Backend type 'mock' is already served by the plugin 'Misbehaving'."),
            (_bench.Entry(MockFolder).State, _bench.Entry(MockFolder).Error));
        await Eventually.HoldsAsync(() => _bench.Copies.Count() == 1, "the later one's build is released");

        Directory.Delete(_bench.Folders["Misbehaving"], recursive: true);
        await _bench.LookAsync();
        Assert.Equal(MockFolder, _bench.Host.Find("mock")!.FolderName);
    }

    [Fact]
    public async Task Look_TheTypeOfAHangingFolderIsServedByOneThatCameLater_ThatOneServesOn()
    {
        _bench.Folders.DropMisbehaving("mock", GoFile);
        _bench.BeginLook();
        _bench.Folders.DropMock();
        _bench.BeginLook();
        await Eventually.HoldsAsync(() => _bench.Host.Find("mock") is not null, "the one that came later serves it");
        var build = _bench.Host.Find("mock");

        LetGo();
        await Eventually.HoldsAsync(() => _bench.Entry("Misbehaving").State == PluginState.Failed, "the hanging one is refused");
        Assert.Same(build, _bench.Host.Find("mock"));
        Assert.Equal("mock", _bench.Entry("Misbehaving").DuplicateOf);
    }

    [Fact]
    public async Task Look_TheOwnerOfATypeIsReplacedInTheLookThatAnEarlierFolderTurnsToIt_TheOwnerKeepsIt()
    {
        _bench.Folders.DropMisbehaving("other");
        _bench.Folders.DropMock();
        await _bench.LookAsync();
        _bench.Folders.DropMisbehaving("mock", GoFile);
        _bench.Folders.Touch(MockFolder);
        var before = _bench.Host.Find("mock");
        _bench.BeginLook();
        await Eventually.HoldsAsync(() => _bench.Host.Find("mock") != before, "the owner's replacement serves");

        LetGo();
        await Eventually.HoldsAsync(() => _bench.Entry("Misbehaving").Error is not null, "the other's replacement is refused");
        Assert.Equal(MockFolder, _bench.Host.Find("mock")!.FolderName);
        Assert.Equal("Misbehaving", _bench.Host.Find("other")!.FolderName);
    }

    private Task<TimeSpan> HangsAsync() => Eventually.HoldsAsync(() => File.Exists(GoFile + ".awaited"), "the constructor was entered");

    private void LetGo() => File.WriteAllText(GoFile, "");
}
