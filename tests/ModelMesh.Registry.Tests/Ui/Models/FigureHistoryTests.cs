using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Ui.Models;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>The last five minutes of each model version.</summary>
public sealed class FigureHistoryTests
{
    private static readonly ModelVersion Model = TestModel.Mock();
    private static readonly string[] Replicas = ["one", "two"];
    private static readonly CatalogSnapshot Catalog = CatalogSnapshot.Create(1, [Model]);

    private readonly FigureHistory _history = new();

    [Fact]
    public void Take_FromTwoReplicas_AddsThemUpAndTheNewestIsLast()
    {
        _history.Take(Catalog, Told(active: 1));
        _history.Take(Catalog, Told(active: 2, tokens: 50));

        var trend = _history.Of(Model.Id);
        Assert.Equal([double.NaN, 2, 4], trend.Active.TakeLast(3));
        Assert.Equal([double.NaN, double.NaN, 50], trend.Speed.TakeLast(3));
        Assert.Equal([double.NaN, double.NaN, 200], trend.FirstTokenMs.TakeLast(3));
        Assert.Equal(FigureHistory.Samples, trend.Active.Count);
    }

    [Fact]
    public void Take_OfAModelThatDoesNothing_KeepsNothing()
    {
        _history.Take(Catalog, Told(active: 0));

        Assert.Same(ModelTrend.None, _history.Of(Model.Id));
    }

    [Fact]
    public void Take_AfterFiveQuietMinutes_ForgetsTheModel()
    {
        _history.Take(Catalog, Told(active: 1));
        for (var i = 0; i < FigureHistory.Samples; i++)
        {
            _history.Take(Catalog, MeshFigures.Empty);
        }

        Assert.All(_history.Of(Model.Id).Active, sample => Assert.Equal(0, sample));
        _history.Take(Catalog, MeshFigures.Empty);
        Assert.Same(ModelTrend.None, _history.Of(Model.Id));
    }

    [Fact]
    public void Take_OnceTheModelIsDeleted_ForgetsIt()
    {
        _history.Take(Catalog, Told(active: 1));
        _history.Take(CatalogSnapshot.Empty, Told(active: 1));

        Assert.Same(ModelTrend.None, _history.Of(Model.Id));
    }

    [Fact]
    public void Take_OfStaleFigures_LeavesAGapInsteadOfWhatWasLastKnown()
    {
        _history.Take(Catalog, Told(active: 1, tokens: 50));
        _history.Take(Catalog, Told(active: 1, tokens: 50).Stale(DateTimeOffset.UnixEpoch));

        Assert.Equal([2, double.NaN], _history.Of(Model.Id).Active.TakeLast(2));
        Assert.Equal([50, double.NaN], _history.Of(Model.Id).Speed.TakeLast(2));
    }

    private static MeshFigures Told(int active, int tokens = 0)
    {
        var figures = new ModelFigures { Revision = 1, Status = "ready", Active = active, StreamedTokens = tokens, StreamedMs = 1000 * Math.Sign(tokens), FirstTokens = Math.Sign(tokens), FirstTokenMs = 200 };
        return MeshFigures.Of(Replicas.Select(id => new InstanceFigures(id, "1", new Dictionary<ModelId, ModelFigures> { [Model.Id] = figures })));
    }
}
