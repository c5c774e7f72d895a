using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Tests.Rollouts;
using ModelMesh.Registry.Ui.Events;
using ModelMesh.ServiceDefaults.Catalog;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class CatalogWordsTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ModelVersion Chat = new() { Name = "a/b", Version = "v1", BackendType = "mock", MaxConcurrency = 2, Weight = 10, Revision = 1, CreatedAt = Day, UpdatedAt = Day };

    [Fact]
    public void Of_AnUpdate_SaysWhatIsOtherThanBefore() => Assert.Equal(
        "model|a/b @ v1|updated|revision 2: max_concurrency 2 → 8, labels|/ui/models/a%2Fb/versions/v1",
        Text(With(Chat), With(Chat with { MaxConcurrency = 8, Labels = new Dictionary<string, string> { ["team"] = "search" }, Revision = 2 })));

    [Fact]
    public void Of_AWeightThatAnOperatorSet_SaysFromAndTo() => Assert.Equal(
        "weights|a/b @ v1|weight set|10 → 50|/ui/models/a%2Fb/versions/v1",
        Text(With(Chat), With(Chat with { Weight = 50, WeightRevision = 2 })));

    [Fact]
    public void Of_AWeightThatARolloutMoved_TellsOfTheRolloutAlone()
    {
        var rollout = Sample.Rollout() with { Model = "a/b", Revision = 2, UpdatedAt = Day, CreatedAt = Day };
        var before = With(Chat);
        var now = With(Chat with { Weight = 50, WeightRevision = 2 }, (new TrafficId(TrafficKinds.Rollout, "a/b"), rollout));

        Assert.Equal("rollout|a/b|running|v1 → v2: as before|/ui/rollouts/a%2Fb", Text(before, now));
    }

    [Fact]
    public void Of_ARolloutThatWasRolledBack_IsTrouble()
    {
        var rollout = Sample.Rollout(status: RolloutStatuses.RolledBack) with { Revision = 2 };
        var change = Change(With(Chat), With(Chat, (new TrafficId(TrafficKinds.Rollout, "chat"), rollout)));

        Assert.Equal(("rolled back", true), (Assert.Single(CatalogWords.Of(change)).Action, CatalogWords.Of(change).Single().IsTrouble));
    }

    [Fact]
    public void Of_AnAliasThatIsPointedElsewhere_SaysFromWhere()
    {
        var id = new TrafficId(TrafficKinds.Alias, "prod");
        var alias = new Alias { Name = "prod", Target = new ModelTarget("a/b"), Revision = 2 };

        Assert.Equal(
            "alias|prod|changed|a/b → a/b @ v1|/ui/routing/aliases/edit?name=prod",
            Text(With(Chat, (id, alias)), With(Chat, (id, alias with { Target = new ModelTarget("a/b", "v1"), Revision = 3 }))));
    }

    [Fact]
    public void Of_WhatIsGone_HasNoPage()
    {
        var id = new TrafficId(TrafficKinds.Limit, "l");

        Assert.Equal("limit|l|removed||", Text(With(Chat, (id, new RateLimit { Name = "l", RequestsPerMinute = 1, Revision = 2 })), With(Chat)));
        Assert.Equal("model|a/b @ v1|deleted||", Text(With(Chat), CatalogSnapshot.Create(9, [])));
    }

    [Fact]
    public void Past_OfACatalog_IsTheLastChangeOfEachThingInOrder()
    {
        var alias = new Alias { Name = "prod", Target = new ModelTarget("a/b"), Revision = 5, CreatedAt = Day, UpdatedAt = Day.AddHours(2) };
        var catalog = With(Chat with { Revision = 7, UpdatedAt = Day.AddHours(3) }, (new TrafficId(TrafficKinds.Alias, "prod"), alias));

        Assert.Equal(
            ["prod changed 02:00", "a/b @ v1 updated 03:00"],
            CatalogWords.Past(catalog).Select(past => $"{past.Draft.Name} {past.Draft.Action} {past.At:HH:mm}"));
    }

    private static CatalogSnapshot With(ModelVersion model, params (TrafficId Id, ITrafficEntry Entry)[] entries)
    {
        var catalog = CatalogSnapshot.Create(9, [model]);
        return catalog.With(9, ServiceDefaults.Traffic.TrafficSnapshot.Create(entries.Select(entry => KeyValuePair.Create(entry.Id, entry.Entry))));
    }

    private static CatalogChange Change(CatalogSnapshot before, CatalogSnapshot now) => new(before, now, CatalogDiff.Between(before, now));

    private static string Text(CatalogSnapshot before, CatalogSnapshot now) =>
        string.Join('\n', CatalogWords.Of(Change(before, now)).Select(draft => $"{draft.Subject}|{draft.Name}|{draft.Action}|{draft.Text}|{draft.Path}"));
}
