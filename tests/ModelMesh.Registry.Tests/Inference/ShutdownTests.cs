using System.Diagnostics;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Stop_WithRunningStreams_ShortOnesCompleteAndLongOnesEndWithAnErrorAfterTheGrace()
    {
        await using var registry = await TestRegistry.StartAsync(("Shutdown:Grace", "00:00:01.5"));
        registry.PutMock("""{"tokens":10000,"token_delay_ms":10}""");
        registry.Put(TestModel.Mock("""{"tokens":20,"token_delay_ms":10}""", name: "short"));
        using var longOne = registry.Infer();
        using var shortOne = registry.Infer(model: "short");
        await Task.WhenAll(longOne.FirstToken, shortOne.FirstToken);
        var clock = Stopwatch.StartNew();
        await registry.StopAsync();

        await shortOne.CompletedAsync();
        var error = await longOne.FailedAsync();
        Assert.Equal((ErrorCode.BackendUnavailable, "The registry is stopping.", true), (error.Code, error.Message, error.RetryElsewhere));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(8));
        Assert.Empty(registry.Leases.Held);
        Assert.Equal(1, registry.Calls.Count("cancelled"));
    }
}
