using Grpc.Core;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Grpc;
using ModelMesh.Registry.Inference;
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

    private static async Task<IReadOnlyList<string>> SentAsync(bool takesTexts, params AnswerPiece[][] messages)
    {
        var writer = new Writer();
        var sink = new GrpcSink(writer, "registry-1", new DefaultHttpContext(), takesTexts);
        foreach (var pieces in messages)
        {
            await sink.TokensAsync(pieces, default);
        }

        return writer.Sent;
    }

    private sealed class Writer : IServerStreamWriter<InferEvent>
    {
        private readonly List<string> _sent = [];

        public IReadOnlyList<string> Sent => _sent;

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(InferEvent message)
        {
            _sent.AddRange(Texts(message.Deltas).Concat(Items(message.Deltas)));
            return Task.CompletedTask;
        }

        private static IEnumerable<string> Texts(Deltas deltas) => deltas.Texts.Count == 0 ? [] : [$"texts {string.Join(' ', deltas.Texts)}"];

        private static IEnumerable<string> Items(Deltas deltas) =>
            deltas.Items.Count == 0 ? [] : [$"items {string.Join(' ', deltas.Items.Select(item => $"{item.Text}/{item.Reasoning}"))}"];
    }
}
