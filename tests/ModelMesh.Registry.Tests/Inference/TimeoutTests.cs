using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class TimeoutTests
{
    [Fact]
    public async Task Infer_NoFirstTokenInTime_TimeoutAndEverythingIsGivenBack()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"hang":true}""", timeouts: new ModelTimeouts { FirstTokenMs = 150, IdleMs = 1 });
        var clock = Stopwatch.StartNew();
        using var call = registry.Infer();

        var error = await call.FailedAsync();
        Assert.Equal((ErrorCode.Timeout, "The model's backend sent no first token within 150 ms."), (error.Code, error.Message));
        Assert.InRange(clock.ElapsedMilliseconds, 150, 1500);
        Assert.Empty(registry.Leases.Held);
        Assert.Equal(1, registry.Calls.Count("cancelled"));
    }

    [Fact]
    public async Task Infer_TheBackendPausesTooLong_TimeoutAfterTheTokensThatCame()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":3,"token_delay_ms":60000}""", timeouts: new ModelTimeouts { FirstTokenMs = 60_000, IdleMs = 150 });
        using var call = registry.Infer();

        var error = await call.FailedAsync();
        Assert.Equal((ErrorCode.Timeout, "The model's backend sent nothing for 150 ms."), (error.Code, error.Message));
        Assert.Single(call.Tokens);
        Assert.Empty(registry.Leases.Held);
    }

    [Fact]
    public async Task Infer_ALongAnswerWithShortPauses_IsNeverCut()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":15,"first_token_delay_ms":1200,"token_delay_ms":100}""", timeouts: new ModelTimeouts { FirstTokenMs = 10_000, IdleMs = 1000 });
        using var call = registry.Infer();
        await call.CompletedAsync();

        Assert.Equal(15, call.Tokens.Count);
    }

    [Fact]
    public async Task Infer_ABackendEndsQuietlyWhenCancelled_TheStreamStillEndsWithTheError()
    {
        await using var registry = await TestRegistry.StartAsync();
        await DropGoodAsync(registry);
        registry.Put(TestModel.Of("good") with { Timeouts = new ModelTimeouts { FirstTokenMs = 100 } });
        using var call = registry.Infer("ends-when-cancelled");

        Assert.Equal(ErrorCode.Timeout, (await call.FailedAsync()).Code);
    }

    [Theory]
    [InlineData("deaf,3000")]
    [InlineData("blocks,3000")]
    public async Task Infer_ABackendIsDeafToCancellation_TheCallerIsAnsweredAndTheSlotStaysTakenUntilItEnds(string input)
    {
        await using var registry = await TestRegistry.StartAsync(("Inference:AbandonAfter", "00:00:00.1"));
        await DropGoodAsync(registry);
        registry.Put(TestModel.Of("good") with { Timeouts = new ModelTimeouts { FirstTokenMs = 100 } });
        using var call = registry.Infer(input);

        // Before the backend has.
        await call.Ended.WaitAsync(TimeSpan.FromSeconds(2.5));
        Assert.Equal(ErrorCode.Timeout, (await call.FailedAsync()).Code);
        Assert.Single(registry.Leases.Held);
        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 0, "the slot is free once the backend has ended");
    }

    [Fact]
    public async Task Infer_AReaderThatDoesNotReadIsStopped_TheSlotIsFreed()
    {
        await using var registry = await TestRegistry.StartAsync(("Inference:AbandonAfter", "00:00:00.1"));
        registry.PutMock("""{"tokens":100000000}""");
        using var call = registry.Client.Infer(new InferRequest { Model = "chat", Version = "v1", Messages = { new ChatMessage { Role = "user" } } });
        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 1, "the stream runs");
        Assert.Single(registry.Leases.Held).Lose();

        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 0, "the slot is free");
    }

    [Fact]
    public async Task Infer_ABackendThrowsSomethingElse_BackendErrorWithoutItsMessage()
    {
        await using var registry = await TestRegistry.StartAsync();
        await DropGoodAsync(registry);
        registry.Put(TestModel.Of("good"));
        using var call = registry.Infer("throw");

        var error = await call.FailedAsync();
        Assert.Equal((ErrorCode.BackendError, "The model's backend failed."), (error.Code, error.Message));
    }

    private static async Task DropGoodAsync(TestRegistry registry)
    {
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the plugin is loaded");
    }
}
