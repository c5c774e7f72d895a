using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class ModelStatusTests : IAsyncLifetime
{
    private readonly PluginBench _bench = PluginBench.Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task StatusOf_BeforeThePluginsWereLookedAt_Pending()
    {
        var model = _bench.Catalog.Put(TestModel.Mock());
        Assert.Equal(new ModelStatus("pending"), _bench.Types.StatusOf(model));

        _bench.Folders.DropMock();
        await _bench.LookAsync();
        _bench.Runtimes.Reconcile();
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model).State == "ready", "the model is ready");
        Assert.Equal(new ModelStatus("draining"), _bench.Types.StatusOf(model with { Draining = true }));
    }

    [Fact]
    public async Task StatusOf_ThePluginIsRemovedAndComesBack_FailedWithTheReasonThenReady()
    {
        _bench.Folders.DropMock();
        await _bench.LookAsync();
        var model = _bench.Catalog.Put(TestModel.Mock());
        Directory.Delete(_bench.Folders["ModelMesh.Backends.Mock"], recursive: true);
        await _bench.LookAsync();
        _bench.Runtimes.Reconcile();

        var removed = new ModelStatus("failed", "The plugin 'ModelMesh.Backends.Mock' that served backend type 'mock' was removed.");
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model) == removed, "failed with the reason");
        var refused = await Assert.ThrowsAsync<MeshException>(async () => await _bench.Runtimes.PinAsync(model.Id, CancellationToken.None));
        Assert.Equal((ErrorCode.BackendUnavailable, removed.Reason, true), (refused.Code, refused.Message, refused.RetryElsewhere));

        _bench.Folders.DropMock();
        await _bench.LookAsync();
        _bench.Runtimes.Reconcile();
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model).State == "ready", "ready again");
    }

    [Fact]
    public async Task StatusOf_TheBackendCannotBeMade_FailedWithTheReasonUntilTheModelChanges()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        var model = _bench.Catalog.Put(TestModel.Of("good", """{"refuse":"not today"}"""));
        _bench.Runtimes.Reconcile();

        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model) == new ModelStatus("failed", "InvalidOperationException: not today"), "failed");

        var mended = _bench.Catalog.Put(TestModel.Of("good"));
        _bench.Runtimes.Reconcile();
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(mended).State == "ready", "ready");
    }

    [Fact]
    public async Task StatusOf_TheUpstreamStarts_LoadingWithHowFarItIsUnlessTheModelHasFailedAnyway()
    {
        _bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _bench.LookAsync();
        var model = _bench.Catalog.Put(TestModel.Of("good"));
        var failed = _bench.Catalog.Put(TestModel.Of("good", """{"refuse":"not today"}""", name: "failed"));
        _bench.Runtimes.Reconcile();
        _bench.Health.Say(model.Id, new HealthStanding(HealthState.Starting, "Pulling: 42 %"));
        _bench.Health.Say(failed.Id, new HealthStanding(HealthState.Starting, "Pulling: 42 %"));

        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(model) == new ModelStatus("loading", "Pulling: 42 %"), "loading");
        await Eventually.HoldsAsync(() => _bench.Types.StatusOf(failed).State == "failed", "failed");
        _bench.Health.Say(model.Id, new HealthStanding(HealthState.Unhealthy, "gone"));
        Assert.Equal(new ModelStatus("ready"), _bench.Types.StatusOf(model));
    }

    [Fact]
    public async Task Reconcile_TheModelIsDeleted_ItsBackendIsDisposed()
    {
        _bench.Folders.DropMock();
        await _bench.LookAsync();
        var model = _bench.Catalog.Put(TestModel.Mock());
        _bench.Runtimes.Reconcile();
        await Eventually.HoldsAsync(() => _bench.Runtimes.Alive == 1, "made");
        _bench.Catalog.Remove(model.Id);
        _bench.Runtimes.Reconcile();

        await Eventually.HoldsAsync(() => _bench.Runtimes.Alive == 0, "disposed");
    }

    [Fact]
    public async Task Validate_SettingsHaveFaults_EveryOneIsListedUnderBackend()
    {
        _bench.Folders.DropMock();
        await _bench.LookAsync();
        var exception = await Assert.ThrowsAsync<MeshException>(() =>
            _bench.Types.ValidateAsync(TestModel.Mock("""{"tokens":-1,"hang":"yes","colour":"red"}"""), CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidRequest, exception.Code);
        Assert.Equal("backend.colour, backend.hang, backend.tokens", string.Join(", ", exception.Details.Select(detail => detail.Field).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Validate_SettingsAreFine_NothingStaysInUse()
    {
        _bench.Folders.DropMock();
        await _bench.LookAsync();
        await _bench.Types.ValidateAsync(TestModel.Mock("""{"tokens":3}"""), CancellationToken.None);

        Assert.Equal(0, _bench.Runtimes.Alive);
    }

    [Fact]
    public async Task Validate_NoPluginServesTheType_NamesThoseThatAreLoaded()
    {
        _bench.Folders.DropMock();
        await _bench.LookAsync();
        var exception = await Assert.ThrowsAsync<MeshException>(() => _bench.Types.ValidateAsync(TestModel.Of("nope"), CancellationToken.None));

        var detail = Assert.Single(exception.Details);
        Assert.Equal(("backend_type", "No plugin serves backend type 'nope'. Loaded are: mock."), (detail.Field, detail.Message));
    }
}
