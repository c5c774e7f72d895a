using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Figures;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Ui.Models;
using ModelMesh.ServiceDefaults.Figures;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>What pages hear of models from second to second.</summary>
public sealed class ModelsTopicTests
{
    private readonly FakeCatalog _catalog = new();
    private readonly Counts _queues = new();
    private readonly Figures _figures = new();
    private readonly ModelsTopic _topic;

    public ModelsTopicTests() => _topic = new ModelsTopic(_catalog, _figures, new WaitingCounts(_queues));

    [Fact]
    public async Task Read_NothingNew_IsTheSameObject()
    {
        _catalog.Put(TestModel.Mock());

        Assert.Same(await _topic.ReadAsync(default), await _topic.ReadAsync(default));
    }

    [Fact]
    public async Task Read_OfAModelWithAQueueThatIsInUse_TellsWhoWaitsAndTheTotal()
    {
        var model = _catalog.Put(TestModel.Mock() with { MaxQueue = 5 });
        _figures.Tell(model, active: 4);
        _queues.Waiting = 3;

        var now = await _topic.ReadAsync(default);
        Assert.Contains("\"active\":4", now["chat@v1"], StringComparison.Ordinal);
        Assert.Contains("\"waiting\":3", now["chat@v1"], StringComparison.Ordinal);
        Assert.Equal("""{"active":4,"waiting":3,"ready":1,"failed":0}""", now[ModelsTopic.Total]);

        _queues.Waiting = 0;
        Assert.DoesNotContain("waiting", (await _topic.ReadAsync(default))["chat@v1"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WhereNobodyCanWait_DoesNotAskTheStore()
    {
        _catalog.Put(TestModel.Mock(name: "idle") with { MaxQueue = 5 });
        _figures.Tell(_catalog.Put(TestModel.Mock(name: "no-queue")), active: 4);

        await _topic.ReadAsync(default);

        Assert.Equal(0, _queues.Asked);
    }

    [Fact]
    public async Task Read_WhileTheStoreIsAway_TellsTheRest()
    {
        _figures.Tell(_catalog.Put(TestModel.Mock() with { MaxQueue = 5 }), active: 4);
        _queues.Waiting = null;

        Assert.Contains("\"active\":4", (await _topic.ReadAsync(default))["chat@v1"], StringComparison.Ordinal);
    }

    private sealed class Figures : IMeshFigures
    {
        public MeshFigures Current { get; private set; } = MeshFigures.Empty;

        public void Tell(ModelVersion model, int active) => Current = MeshFigures.Of(
            [new InstanceFigures("one", "1", new Dictionary<ModelId, ModelFigures> { [model.Id] = new ModelFigures { Revision = model.Revision, Status = "ready", Active = active } })]);
    }

    private sealed class Counts : IQueueCounts
    {
        /// <summary>For each model; null: the store is away.</summary>
        public int? Waiting { get; set; } = 0;

        public int Asked { get; private set; }

        public Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<ModelId> models)
        {
            Asked += models.Count;
            return Waiting is { } count
                ? Task.FromResult<IReadOnlyList<int>>([.. models.Select(_ => count)])
                : throw new MeshException(ErrorCode.StoreUnavailable, "The store is away.");
        }
    }
}
