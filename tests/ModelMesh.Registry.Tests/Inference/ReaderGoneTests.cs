using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Grpc;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class ReaderGoneTests
{
    [Fact]
    public async Task Infer_AWriteFailsBeforeTheCallersTokenFires_CancelledAndCountedSoAndNoErrorIsLogged()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock("""{"tokens":1000000}""", name: "unread"));
        var outcomes = new ConcurrentQueue<string>();
        using var meter = Outcomes("unread", outcomes);
        var log = new RecordedLog<InferenceService>();
        var service = new InferenceService(registry.Executor, registry.Embeddings, new Identity(), log);
        var request = new InferRequest { RequestId = "r", Model = "unread", Version = "v1", Messages = { new ChatMessage { Role = "user", Content = "hello" } } };

        var ended = await Assert.ThrowsAsync<RpcException>(() => service.Infer(request, new BrokenWriter(), new Call()));
        Assert.Equal(StatusCode.Cancelled, ended.StatusCode);
        Assert.Equal(["client_gone"], outcomes);
        Assert.All(log.Lines, line => Assert.Equal(LogLevel.Debug, line.Level));
        Assert.Empty(registry.Leases.Held);
    }

    private static MeterListener Outcomes(string model, ConcurrentQueue<string> outcomes)
    {
        var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "modelmesh.registry.requests")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meter.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var known = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!, StringComparer.Ordinal);
            if (known["model"] == model)
            {
                outcomes.Enqueue(known["outcome"]);
            }
        });
        meter.Start();
        return meter;
    }

    /// <summary>A connection that breaks after the first message.</summary>
    private sealed class BrokenWriter : IServerStreamWriter<InferEvent>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(InferEvent message) =>
            message.Accepted is null ? Task.FromException(new InvalidOperationException("Can't write the message because the request is complete.")) : Task.CompletedTask;
    }

    private sealed class Identity : IInstanceIdentity
    {
        public string Id => "test-instance";
    }

    /// <summary>A call whose token never fires.</summary>
    private sealed class Call : ServerCallContext
    {
        protected override string MethodCore => "Infer";

        protected override string HostCore => "localhost";

        protected override string PeerCore => "";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore { get; } = [];

        protected override CancellationToken CancellationTokenCore => CancellationToken.None;

        protected override Metadata ResponseTrailersCore { get; } = [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore { get; } = new("", []);

        // Where the server's own calls keep their HTTP context.
        protected override IDictionary<object, object> UserStateCore { get; } = new Dictionary<object, object> { ["__HttpContext"] = new DefaultHttpContext() };

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
