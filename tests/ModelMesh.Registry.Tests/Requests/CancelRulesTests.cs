using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Requests;
using Xunit;

namespace ModelMesh.Registry.Tests.Requests;

public sealed class CancelRulesTests
{
    private static readonly MeshRequest Some = new("r", RequestArrival.Infer, "chat", "v1", 1, "a", RequestStates.Streaming, 1, null, 0, false, DateTimeOffset.UnixEpoch, 0, null, 0, null);

    [Theory]
    [InlineData(true, false, null)]
    [InlineData(true, true, null)]
    [InlineData(false, false, ErrorCode.ModelNotFound)]
    [InlineData(false, true, ErrorCode.BackendUnavailable)]
    public void Answer_WhatWasFoundAndWhoAnswered_SayWhatTheOperatorIsTold(bool found, bool someSilent, ErrorCode? error)
    {
        var outcome = new CancelOutcome(found ? [Some] : [], someSilent ? ["b", "c"] : []);

        var thrown = Record.Exception(() => Assert.Same(outcome, CancelRules.Answer(outcome, "r", instance: null))) as MeshException;

        Assert.Equal(error, thrown?.Code);
        Assert.Equal(error is ErrorCode.BackendUnavailable, thrown?.Message.Contains("b, c", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("r", false, "r", true)]
    [InlineData("r-shadow", true, "r", true)]
    [InlineData("r-shadow", true, "r-shadow", true)]
    [InlineData("r-shadow", false, "r", false)]
    [InlineData("r-0", false, "r", false)]
    [InlineData("r", false, "R", false)]
    public void Id_OfARequest_IsAlsoThatOfItsCopyForAShadowVersion(string request, bool shadow, string id, bool expected) =>
        Assert.Equal(expected, new RequestArrival(request, RequestArrival.Infer, new ModelId("chat", "v1"), 0, shadow, null).IsOf(id));
}
