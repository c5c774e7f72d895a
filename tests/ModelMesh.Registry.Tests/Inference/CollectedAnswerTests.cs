using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class CollectedAnswerTests
{
    [Fact]
    public async Task Infer_ForAClientThatReadsTheWholeAnswer_SendsTheFirstTokenAtOnceAndGathersTheOthers()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":30,"token_delay_ms":1}""");
        using var call = registry.Infer(collects: true);

        await call.CompletedAsync();

        Assert.Equal((1, 30), (call.Bursts[0], call.Bursts.Sum()));
        Assert.InRange(call.Bursts.Count, 2, 20);
    }

    [Fact]
    public async Task Infer_ForAClientThatReadsTheWholeAnswer_SendsATokenAtOnceThatComesLongAfterTheLastMessage()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":3,"token_delay_ms":150}""");
        using var call = registry.Infer(collects: true);

        await call.CompletedAsync();

        Assert.Equal([1, 1, 1], call.Bursts);
    }

    [Fact]
    public async Task Infer_ForAClientThatReadsTheWholeAnswer_SendsWhatIsReadyInOneMessage()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":30}""");
        using var whole = registry.Infer(collects: true);
        using var streamed = registry.Infer();

        await whole.CompletedAsync();
        await streamed.CompletedAsync();

        Assert.Equal([30], whole.Bursts);
        Assert.Equal([1, 29], streamed.Bursts);
    }
}
