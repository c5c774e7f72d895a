using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using Xunit.Abstractions;

namespace ModelMesh.Registry.Tests.Inference;

/// <summary>What the registry itself does with a token, without the wire.</summary>
public sealed class TokenPathTests(ITestOutputHelper output)
{
    private const int Tokens = 200_000;

    [Fact]
    public async Task Stream_OfReadyTokens_AllocatesNothingPerToken()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock($$"""{"tokens":{{Tokens}}}"""));
        await RunAsync(registry);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = RunAsync(registry);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // No step waits, so all of it ran on this thread.
        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(Tokens, await run);
        output.WriteLine($"{allocated} bytes for {Tokens} tokens");

        // The smallest object is 24 bytes. What is left is per message of 64 tokens, and only in a debug build, where async methods are objects.
        Assert.InRange(allocated, 0, 3 * Tokens);
    }

    private static async Task<long> RunAsync(TestRegistry registry)
    {
        var sink = new CountingSink();
        var request = new InferenceRequest("r", new ModelId("chat", "v1"), [new ChatMessage(ChatRole.User, "hello")], new ChatOptions());
        var admitted = await registry.Admission.AdmitAsync(request.Id, CancellationToken.None);
        using var stream = new OpenStream(admitted.Runtime.Model, admitted.Lease, TimeProvider.System, CancellationToken.None);
        await new StreamRun(request, admitted, stream, sink, NullLogger.Instance, CancellationToken.None).RunAsync();
        return sink.Tokens;
    }

    private sealed class CountingSink : IInferenceSink
    {
        public long Tokens { get; private set; }

        public Task AcceptedAsync(ModelVersion model) => Task.CompletedTask;

        public Task TokensAsync(IReadOnlyList<string> tokens)
        {
            Tokens += tokens.Count;
            return Task.CompletedTask;
        }

        public Task CompletedAsync(Completion completion) => Task.CompletedTask;

        public void Abort() => throw new InvalidOperationException("nothing was stuck");
    }
}
