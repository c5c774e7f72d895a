using ModelMesh.Contracts.V1;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class BackendWaitTests
{
    [Fact]
    public async Task Infer_ABackendThatTakesItsTime_TellsItWithItsFirstTokensAndNeverAgain()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":3,"first_token_delay_ms":60,"token_delay_ms":30}""");
        using var call = registry.Infer();

        await call.CompletedAsync();

        Assert.Equal(3, call.BackendWaits.Count);
        Assert.InRange(call.BackendWaits[0], 55_000, 2_000_000);
        Assert.Equal([0, 0], call.BackendWaits.Skip(1));
        Assert.Equal(0, call.Completed!.BackendWaitUs);
    }

    [Fact]
    public async Task Infer_AnAnswerWithoutAnyToken_TellsItAtItsEnd()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":0,"first_token_delay_ms":60}""");
        using var call = registry.Infer();

        await call.CompletedAsync();

        Assert.Empty(call.BackendWaits);
        Assert.InRange(call.Completed!.BackendWaitUs, 55_000, 2_000_000);
    }

    [Fact]
    public async Task Embed_ABackendThatTakesItsTime_TellsIt()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"first_token_delay_ms":60}""");

        var response = await registry.Client.EmbedAsync(new EmbedRequest { Model = "chat", Version = "v1", Inputs = { "a" } });

        Assert.InRange(response.BackendWaitUs, 55_000, 2_000_000);
    }
}
