using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class AcceptedTests
{
    // A gateway takes a registry that says nothing for one that hangs.
    [Fact]
    public async Task Infer_ABackendThatSendsNothingYet_IsSaidToBeAcceptedAllTheSame()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"first_token_delay_ms":600000}""");
        using var call = registry.Infer();

        await Eventually.HoldsAsync(() => call.Accepted is not null, "the request is accepted");

        Assert.Empty(call.Tokens);
        Assert.False(call.Ended.IsCompleted);
    }
}
