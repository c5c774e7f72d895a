using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>A plugin whose <c>Create</c> returns when a test says so, if ever.</summary>
public sealed class HangingBackendTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly PluginBench _bench = PluginBench.Open(new PluginOptions { LoadTimeout = TimeSpan.FromMinutes(1) });
    private readonly PluginBench _impatient = PluginBench.Open(new PluginOptions { LoadTimeout = TimeSpan.FromSeconds(1) });

    public async Task InitializeAsync()
    {
        foreach (var bench in new[] { _bench, _impatient })
        {
            bench.Folders.DropMock();
            bench.Folders.DropMisbehaving("hanging");
            await bench.LookAsync();
        }
    }

    public async Task DisposeAsync()
    {
        // A test that failed may have left a thread that waits for its file.
        foreach (var bench in new[] { _bench, _impatient })
        {
            await LetGoAsync(bench);
            await bench.DisposeAsync();
        }
    }

    [Fact]
    public async Task Pin_TheBackendIsBeingMade_LoadingAndTheCallerCanGiveUp()
    {
        var model = _bench.Catalog.Put(Hanging(_bench));
        using var gone = new CancellationTokenSource();
        var pin = Task.Run(() => _bench.Runtimes.PinAsync(model.Id, gone.Token).AsTask());
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model) == new ModelStatus("loading"), "loading");
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pin.WaitAsync(Soon));
        await LetGoAsync(_bench);
        (await _bench.Runtimes.PinAsync(model.Id, CancellationToken.None).AsTask().WaitAsync(Soon)).Unpin();
        Assert.Equal("ready", _bench.Types.StatusOf(model).State);
    }

    [Fact]
    public async Task Settle_AfterAChange_WaitsForTheOutcomeButNotForASlowPlugin()
    {
        var slow = _bench.Catalog.Put(Hanging(_bench));
        await _bench.Types.SettleAsync(slow.Id, CancellationToken.None).WaitAsync(Soon);
        Assert.Equal("loading", _bench.Types.StatusOf(slow).State);

        await LetGoAsync(_bench);
        await _bench.Types.SettleAsync(slow.Id, CancellationToken.None).WaitAsync(Soon);
        Assert.Equal("ready", _bench.Types.StatusOf(slow).State);
    }

    [Fact]
    public async Task Pin_TheBackendIsNotMadeInTime_FailedWithTheReasonAndWhatComesLateIsDisposed()
    {
        var model = _impatient.Catalog.Put(Hanging(_impatient));
        var pin = Task.Run(() => _impatient.Runtimes.PinAsync(model.Id, CancellationToken.None).AsTask());

        var refused = await Assert.ThrowsAsync<MeshException>(() => pin.WaitAsync(Soon));
        Assert.Equal((ErrorCode.BackendUnavailable, "The plugin did not make the backend within 1 s."), (refused.Code, refused.Message));
        Assert.Equal(new ModelStatus("failed", refused.Message), _impatient.Types.StatusOf(model));

        await LetGoAsync(_impatient);
        await Eventually.HoldsAsync(() => IsDisposed(_impatient) && _impatient.Runtimes.Alive == 0, "the late backend is disposed");
        Assert.Equal("failed", _impatient.Types.StatusOf(model).State);
    }

    [Fact]
    public async Task Pin_TheModelIsMendedWhileItsBackendHangs_ServedByTheNewRevisionAndTheOldBackendIsDisposed()
    {
        var model = _bench.Catalog.Put(Hanging(_bench));
        var early = Task.Run(() => _bench.Runtimes.PinAsync(model.Id, CancellationToken.None).AsTask());
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model).State == "loading", "loading");
        var mended = _bench.Catalog.Put(TestModel.Mock());
        var late = Task.Run(() => _bench.Runtimes.PinAsync(model.Id, CancellationToken.None).AsTask());

        foreach (var pin in new[] { late, early })
        {
            var runtime = await pin.WaitAsync(Soon);
            Assert.Equal(mended.Revision, runtime.Model.Revision);
            runtime.Unpin();
        }

        await LetGoAsync(_bench);
        await Eventually.HoldsAsync(() => IsDisposed(_bench) && _bench.Runtimes.Alive == 1, "the overtaken backend is disposed");
        Assert.Equal("ready", _bench.Types.StatusOf(mended).State);
    }

    [Fact]
    public async Task Reconcile_AModelIsDeletedWhileItsBackendHangs_TheOthersAreServedAndWhatComesLateIsDisposed()
    {
        var model = _bench.Catalog.Put(Hanging(_bench));
        await Task.Run(_bench.Runtimes.Reconcile).WaitAsync(Soon);
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model).State == "loading", "loading");
        _bench.Catalog.Remove(model.Id);
        var other = _bench.Catalog.Put(TestModel.Mock(name: "other"));
        await Task.Run(_bench.Runtimes.Reconcile).WaitAsync(Soon);

        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(other).State == "ready", "the other model is ready");
        await LetGoAsync(_bench);
        await Eventually.HoldsAsync(() => IsDisposed(_bench) && _bench.Runtimes.Alive == 1, "the deleted model's backend is disposed");
    }

    [Fact]
    public async Task Dispose_ABackendHangsInTheMaking_ItDoesNotWaitAndWhatComesLateIsDisposed()
    {
        _bench.Catalog.Put(Hanging(_bench));
        await Task.Run(_bench.Runtimes.Reconcile).WaitAsync(Soon);
        await Task.Run(() => _bench.Runtimes.DisposeAsync().AsTask()).WaitAsync(Soon);

        await LetGoAsync(_bench);
        await Eventually.HoldsAsync(() => IsDisposed(_bench), "the late backend is disposed");
    }

    [Fact]
    public async Task Validate_TheBackendIsNotMadeInTime_BackendErrorAndWhatComesLateIsDisposed()
    {
        var refused = await Assert.ThrowsAsync<MeshException>(() => _impatient.Types.ValidateAsync(Hanging(_impatient), CancellationToken.None).WaitAsync(Soon));
        Assert.Equal((ErrorCode.BackendError, "The plugin 'Misbehaving' did not check the settings in time."), (refused.Code, refused.Message));

        await LetGoAsync(_impatient);
        await Eventually.HoldsAsync(() => IsDisposed(_impatient), "the late backend is disposed");
    }

    private static ModelVersion Hanging(PluginBench bench) => TestModel.Of("hanging", $$"""{"wait_for":"{{GoFile(bench)}}"}""");

    private static string GoFile(PluginBench bench) => Path.Combine(bench.Folders.Root, "go");

    private static Task LetGoAsync(PluginBench bench) => File.WriteAllTextAsync(GoFile(bench), "");

    private static bool IsDisposed(PluginBench bench) => File.Exists(GoFile(bench) + ".disposed");
}
