using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Gateway.Tests.Models;

public sealed class FigureMergeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ready", "ready")]
    [InlineData("failed ready", "ready")]
    [InlineData("failed pending loading", "loading")]
    [InlineData("failed pending", "pending")]
    [InlineData("failed failed", "failed")]
    [InlineData("", "pending")]
    [InlineData("failed warming", "failed")]
    [InlineData("warming", "warming")]
    public void OfVersion_ReplicasOfSeveralStatuses_TheBestCounts(string told, string expected) =>
        Assert.Equal(expected, FigureMerge.OfVersion(FakeCatalog.Model(), [.. told.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(status => Told(status))]).Status);

    [Fact]
    public void OfVersion_DrainingInTheCatalog_IsDrainingWhateverReplicasSay() =>
        Assert.Equal("draining", FigureMerge.OfVersion(FakeCatalog.Model(draining: true), [Told("ready")]).Status);

    [Fact]
    public void OfVersion_NoReplicaTellsOfIt_SaysSo() =>
        Assert.Equal("no registry tells of it; of a new model they tell within seconds", FigureMerge.OfVersion(FakeCatalog.Model(), []).StatusReason);

    [Fact]
    public void OfVersion_FailedOnAllReplicas_HasEachReasonOnce()
    {
        var state = FigureMerge.OfVersion(FakeCatalog.Model(), [Told("failed", "no key"), Told("failed", "no plugin"), Told("failed", "no key")]);
        Assert.Equal("no key; no plugin", state.StatusReason);
    }

    [Fact]
    public void OfVersion_ReadyOnOneReplica_HasNotTheOthersReason() =>
        Assert.Null(FigureMerge.OfVersion(FakeCatalog.Model(), [Told("failed", "no key"), Told("ready")]).StatusReason);

    [Fact]
    public void OfVersion_AReplicaWithAnOlderRevision_DoesNotCountForStatusAndHealth()
    {
        var state = FigureMerge.OfVersion(
            FakeCatalog.Model(revision: 2),
            [Told("ready", revision: 1) with { Health = "healthy", HealthAt = Noon.AddHours(1), Active = 3 }, Told("failed", "no key", revision: 2) with { Health = "unhealthy", HealthAt = Noon }]);
        Assert.Equal(("failed", "no key", "unhealthy", 3), (state.Status, state.StatusReason, state.Health, state.Active));
    }

    [Fact]
    public void OfVersion_SeveralFindingsOfItsHealth_TheNewestCounts()
    {
        var state = FigureMerge.OfVersion(FakeCatalog.Model(),
        [
            Told("ready") with { Health = "healthy", HealthAt = Noon },
            Told("ready") with { Health = "unhealthy", HealthReason = "refused", HealthAt = Noon.AddSeconds(1) },
            Told("ready"),
        ]);
        Assert.Equal(("unhealthy", "refused"), (state.Health, state.HealthReason));
    }

    [Fact]
    public void OfVersion_NobodyFoundOutItsHealth_IsUnknown() =>
        Assert.Equal("unknown", FigureMerge.OfVersion(FakeCatalog.Model(), [Told("ready")]).Health);

    [Fact]
    public void OfVersion_StreamsOnTwoReplicas_AreWeightedByTheirCounts()
    {
        // 90 tokens in 1 s and 10 in 4 s are 20 a second, not the 46 of the two speeds' mean; 3 first tokens took 600 ms and 1 took 1,000.
        var state = FigureMerge.OfVersion(FakeCatalog.Model(),
        [
            Told("ready") with { Active = 2, FirstTokens = 3, FirstTokenMs = 600, StreamedTokens = 90, StreamedMs = 1_000 },
            Told("ready") with { Active = 5, FirstTokens = 1, FirstTokenMs = 1_000, StreamedTokens = 10, StreamedMs = 4_000 },
        ]);
        Assert.Equal((7, 20.0, 400.0), (state.Active, state.Streams.TokensPerSecond, state.Streams.TimeToFirstTokenMs));
    }

    [Fact]
    public void OfVersion_WithoutStreams_HasNoSpeed()
    {
        var state = FigureMerge.OfVersion(FakeCatalog.Model(), [Told("ready")]);
        Assert.Null(state.Streams.TokensPerSecond);
        Assert.Null(state.Streams.TimeToFirstTokenMs);
    }

    [Fact]
    public void OfModel_AShadowADrainingOneAndOneWithoutWeight_SayNothingOfItsStatusAndHealth()
    {
        var state = FigureMerge.OfModel(
        [
            (FakeCatalog.Model(version: "shadow", shadow: true), State("ready", "healthy", 1)),
            (FakeCatalog.Model(version: "old", draining: true), State("draining", "healthy", 2)),
            (FakeCatalog.Model(version: "idle", weight: 0), State("ready", "healthy", 4)),
            (FakeCatalog.Model(version: "main"), State("failed", "unhealthy", 8)),
        ]);
        Assert.Equal(("failed", "unhealthy", 15), (state.Status, state.Health, state.Active));
    }

    [Theory]
    [InlineData("failed ready", "ready")]
    [InlineData("failed loading", "loading")]
    [InlineData("failed pending", "pending")]
    [InlineData("failed failed", "failed")]
    public void OfModel_VersionsOfSeveralStatuses_TheBestCounts(string statuses, string expected) =>
        Assert.Equal(expected, FigureMerge.OfModel(Versions(statuses.Split(' '), status => State(status))).Status);

    [Theory]
    [InlineData("unhealthy healthy", "healthy")]
    [InlineData("unknown starting", "starting")]
    [InlineData("unknown unhealthy", "unhealthy")]
    [InlineData("unknown unknown", "unknown")]
    public void OfModel_VersionsOfSeveralHealths_TheBestKnownCounts(string healths, string expected) =>
        Assert.Equal(expected, FigureMerge.OfModel(Versions(healths.Split(' '), health => State("ready", health))).Health);

    [Fact]
    public void OfModel_OfShadowsAlone_IsAsTheyAre() =>
        Assert.Equal("ready", FigureMerge.OfModel([(FakeCatalog.Model(shadow: true), State("ready"))]).Status);

    private static ModelFigures Told(string status, string? reason = null, long revision = 1) => new() { Revision = revision, Status = status, StatusReason = reason };

    private static ModelState State(string status, string health = "unknown", int active = 0) => new(status, null, health, null, active, default);

    private static (ModelVersion, ModelState)[] Versions(string[] words, Func<string, ModelState> state) => [.. words.Select((word, i) => (FakeCatalog.Model(version: $"v{i}"), state(word)))];
}
