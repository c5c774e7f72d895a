using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Cache;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Cache;

public sealed class KeepRuleTests
{
    private static readonly ModelRoute Route = new(FakeCatalog.Model(revision: 7), "", IsNamed: false);
    private static readonly Accepted Same = new() { Model = "chat", Version = "v1", Revision = 7, Instance = "any" };

    [Theory]
    [InlineData("stop", true)]
    [InlineData("length", true)]
    [InlineData("tool_calls", true)]
    [InlineData("content_filter", false)]
    [InlineData("error", false)]
    [InlineData("", false)]
    public void MayBeKept_ByWhyItEnded_OnlyWhatTheRequestBroughtAbout(string finishReason, bool expected)
    {
        Assert.Equal(expected, KeepRule.MayBeKept(Same, new Completed { FinishReason = finishReason }, Route));
        Assert.Equal(expected, KeepRule.MayBeKept(Same, new Completed { FinishReason = "stop", FinishReasons = { "stop", finishReason } }, Route));
    }

    [Fact]
    public void MayBeKept_NotCompleteNotWholeOrByAnother_Never()
    {
        var stop = new Completed { FinishReason = "stop" };

        Assert.False(KeepRule.MayBeKept(Same, null, Route));
        Assert.False(KeepRule.MayBeKept(Same, new Completed { FinishReason = "stop", SkippedChunks = 1 }, Route));
        Assert.False(KeepRule.MayBeKept(new Accepted(Same) { Model = "fallback" }, stop, Route));
        Assert.False(KeepRule.MayBeKept(new Accepted(Same) { Version = "v2" }, stop, Route));
        Assert.False(KeepRule.MayBeKept(new Accepted(Same) { Revision = 8 }, stop, Route));
    }

    [Fact]
    public void MayBeKept_ThatAnotherAttemptWentOnWith_OnlyByTheSameVersionAtItsRevision()
    {
        Assert.True(KeepRule.MayBeKept(Same, ContinuedBy(new Accepted(Same) { Instance = "other" }), Route));
        Assert.False(KeepRule.MayBeKept(Same, ContinuedBy(Same, new Accepted(Same) { Model = "fallback" }), Route));
        Assert.False(KeepRule.MayBeKept(Same, ContinuedBy(new Accepted(Same) { Revision = 8 }), Route));

        static Completed ContinuedBy(params Accepted[] others) => new() { FinishReason = "stop", ContinuedBy = { others } };
    }
}
