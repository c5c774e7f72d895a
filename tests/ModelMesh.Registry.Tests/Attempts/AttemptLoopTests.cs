using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Attempts;

public sealed class AttemptLoopTests
{
    // More often than this the loop does not look at the clock between a failure and the next call.
    private const int Looks = 20;

    private static readonly string[] Addresses = ["http://a/", "http://b/"];

    [Fact]
    public async Task Run_AnotherRequestTakesTheLastEndpointsProbeFirst_GoesOnWhereItWas()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock();
        for (var look = 1; look <= Looks; look++)
        {
            Assert.Equal("answered", await RunAsync(registry, look));
        }
    }

    // The other request comes at one of the moments when the clock is looked at.
    private static async Task<string> RunAsync(TestRegistry registry, int look)
    {
        var admitted = await registry.Admission.AdmitAsync(new ModelId("chat", "v1"), _ => { }, QueueTerms.None, CancellationToken.None);
        await using var lease = admitted.Lease;
        var time = new MeddlingTime();
        var model = admitted.Runtime.Model with { Resilience = new ModelResilience { BackoffMs = 0, MaxBackoffMs = 0, MaxRetries = 1 } };
        RuntimeEndpoint[] all = [.. Addresses.Select(address => new RuntimeEndpoint(address, 1, new NoBackend(), model.Resilience, time))];
        var runtime = new ModelRuntime(model, null!, new RuntimeEndpoints(model, all, time, NullLogger.Instance), admitted.Runtime.Secrets, admitted.Runtime.Health, NullLogger.Instance);
        using var stream = new OpenStream(lease, time, CancellationToken.None);
        var loop = new AttemptLoop(runtime, stream, new AttemptRequest("r", default, OfAdapter: false, OnlyOnce: false), time, NullLogger.Instance);
        all[1].Breaker.Trip();
        try
        {
            return await loop.RunAsync(_ =>
            {
                if (loop.Attempts > 1)
                {
                    return Task.FromResult("answered");
                }

                time.Move(TimeSpan.FromMilliseconds(model.Resilience.BreakerOpenMs));
                time.Meddle(look, () => all[1].Breaker.TryEnter(out var _));
                throw new BackendException(BackendErrorKind.Unavailable, "it is away");
            });
        }
        finally
        {
            admitted.Runtime.Unpin();
        }
    }

    /// <summary>A clock at a look at which something happens.</summary>
    private sealed class MeddlingTime : TimeProvider
    {
        private long _now = 1;
        private int _looks;
        private Action? _happens;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            if (_looks > 0 && --_looks == 0)
            {
                _happens!();
            }

            return _now;
        }

        public void Move(TimeSpan by) => _now += by.Ticks;

        public void Meddle(int look, Action happens) => (_happens, _looks) = (happens, look);
    }

    private sealed class NoBackend : IBackend
    {
        public IChatClient Chat => throw new InvalidOperationException("nobody is to be called");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
