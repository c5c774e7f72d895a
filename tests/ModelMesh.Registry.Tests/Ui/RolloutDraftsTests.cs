using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Tests.Rollouts;
using ModelMesh.Registry.Ui.Rollouts;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Traffic;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class RolloutDraftsTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CatalogSnapshot _catalog = CatalogSnapshot.Create(9, [Version("chat", "v1", 100, 1), Version("chat", "v2", 0, 2), Version("chat", "v3", 0, 3), Version("one", "v1", 100, 1),
        Version("watched", "v1", 100, 1), Version("watched", "v2", 0, 2) with { Shadow = true }]);

    [Fact]
    public void Of_NoModel_OffersThoseWithTwoVersionsThatMayTakeTraffic()
    {
        var draft = RolloutDrafts.Of(_catalog, "", "");

        Assert.Equal(["chat"], draft.Models);
        Assert.Null(draft.Model);
    }

    [Fact]
    public void Of_AModel_BeginsWithTheHeaviestVersionAndTheNewestOther()
    {
        var draft = RolloutDrafts.Of(_catalog, "chat", "");

        Assert.Equal(("v1", "v3"), (draft.From, draft.To));
    }

    [Fact]
    public void Of_AModelAndAVersion_GoesToThatVersion()
    {
        var draft = RolloutDrafts.Of(_catalog, "chat", "v1");

        Assert.Equal("v1", draft.To);
        Assert.NotEqual("v1", draft.From);
    }

    [Fact]
    public void Of_AModelWhoseVersionsCannotTakeTraffic_IsLikeNone() => Assert.Null(RolloutDrafts.Of(_catalog, "watched", "").Model);

    [Theory]
    [InlineData(RolloutStatuses.Paused, true)]
    [InlineData(RolloutStatuses.Completed, false)]
    public void Of_AModelWithARollout_ShowsItWhileItIsActive(string status, bool shown)
    {
        var rollout = Sample.Rollout(status: status);
        var catalog = _catalog.With(10, TrafficSnapshot.Create(ImmutableDictionary<TrafficId, ITrafficEntry>.Empty.Add(new TrafficId(TrafficKinds.Rollout, "chat"), rollout)));

        Assert.Equal(shown ? rollout : null, RolloutDrafts.Of(catalog, "chat", "").Running);
    }

    private static ModelVersion Version(string name, string version, int weight, int day) => new() { Name = name, Version = version, BackendType = "mock", Weight = weight, CreatedAt = Day.AddDays(day) };
}
