using Grpc.Core;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Grpc;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Grpc;

public sealed class GrpcSinkTests
{
    private static readonly AnswerPiece[] Plain = [new("a"), new("b")];
    private static readonly AnswerPiece[] Mixed = [new("a"), new("", new AnswerExtras { Reasoning = "hm" })];

    [Theory]
    [InlineData(true, "texts a b")]
    [InlineData(false, "items a/ b/")]
    public async Task Tokens_OfTextAlone_AreTextsForAReaderThatTakesThem(bool takesTexts, string sent) => Assert.Equal([sent], await SentAsync(takesTexts, Plain));

    [Fact]
    public async Task Tokens_OfWhichOneIsMoreThanText_AreItems() => Assert.Equal(["items a/ /hm"], await SentAsync(takesTexts: true, Mixed));

    [Fact]
    public async Task Tokens_OneMessageAfterAnother_HoldNothingOfTheOneBefore() =>
        Assert.Equal(["texts a b", "items a/ /hm", "texts a b"], await SentAsync(takesTexts: true, Plain, Mixed, Plain));

    // What is kept back goes out with the next write, or with the end of the call.
    [Theory]
    [InlineData(false, "Accepted kept back", "Deltas", "Deltas kept back", "Completed kept back")]
    [InlineData(true, "Queued", "Accepted", "Deltas", "Deltas kept back", "Completed kept back")]
    public async Task Events_TheFirstAndWhatSomethingFollowsAtOnce_AreKeptBack(bool waits, params string[] events)
    {
        var writer = new Writer();
        var sink = new GrpcSink(writer, "registry-1", new DefaultHttpContext(), takesTexts: true);

        await (waits ? sink.QueuedAsync(new QueuePosition(1, null)) : Task.CompletedTask);
        await sink.AcceptedAsync(TestModel.Mock());
        await sink.TokensAsync(Plain, default, mayWait: false);
        await sink.TokensAsync(Plain, default, mayWait: true);
        await sink.CompletedAsync(new Completion("stop", 1, 2, 3));

        Assert.Equal(events, writer.Events);
    }

    private static async Task<IReadOnlyList<string>> SentAsync(bool takesTexts, params AnswerPiece[][] messages)
    {
        var writer = new Writer();
        var sink = new GrpcSink(writer, "registry-1", new DefaultHttpContext(), takesTexts);
        foreach (var pieces in messages)
        {
            await sink.TokensAsync(pieces, default, mayWait: false);
        }

        return writer.Sent;
    }

    private sealed class Writer : IServerStreamWriter<InferEvent>
    {
        private readonly List<string> _sent = [];

        public IReadOnlyList<string> Sent => _sent;

        public List<string> Events { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(InferEvent message)
        {
            Events.Add($"{message.EventCase}{(WriteOptions!.Flags.HasFlag(WriteFlags.BufferHint) ? " kept back" : "")}");
            _sent.AddRange(message.Deltas is { } deltas ? Texts(deltas).Concat(Items(deltas)) : []);
            return Task.CompletedTask;
        }

        private static IEnumerable<string> Texts(Deltas deltas) => deltas.Texts.Count == 0 ? [] : [$"texts {string.Join(' ', deltas.Texts)}"];

        private static IEnumerable<string> Items(Deltas deltas) =>
            deltas.Items.Count == 0 ? [] : [$"items {string.Join(' ', deltas.Items.Select(item => $"{item.Text}/{item.Reasoning}"))}"];
    }
}
