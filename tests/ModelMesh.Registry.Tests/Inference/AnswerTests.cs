using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.Grpc;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class AnswerTests
{
    [Fact]
    public void Read_TextReasoningRefusal_EachIsAPieceOfItsOwn()
    {
        var answer = new Answer(1);
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("a"), new ErrorContent("no") { ErrorCode = "refusal" }]));

        Assert.Equal(
            [("", "hm", ""), ("a", "", ""), ("", "", "no")],
            answer.Batch.Pieces.Select(piece => (piece.Text, piece.Extras?.Reasoning ?? "", piece.Extras?.Refusal ?? "")));
    }

    [Theory]
    [InlineData("server_error")]
    [InlineData(null)]
    public void Read_AnErrorThatIsNoRefusal_FailsTheAnswer(string? code)
    {
        var exception = Assert.Throws<BackendException>(() => new Answer(1).Read(new ChatResponseUpdate(ChatRole.Assistant, [new ErrorContent("overloaded") { ErrorCode = code }])));
        Assert.Equal((BackendErrorKind.Upstream, "overloaded"), (exception.Kind, exception.Message));
    }

    [Fact]
    public void Read_PlainText_HasNoExtras()
    {
        var answer = new Answer(1);
        answer.Read(new BackendUpdate(ChatRole.Assistant, "a"));
        Assert.Equal([new AnswerPiece("a")], answer.Batch.Pieces);
    }

    [Fact]
    public void Read_CallsInPiecesThenAWholeOne_TheWholeOneGetsTheNextIndex()
    {
        var answer = new Answer(1);
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new ToolCallPiece(1) { CallId = "b", Name = "g", Arguments = "{" }]));
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("c", "h", new Dictionary<string, object?> { ["x"] = 1 })]));

        Assert.Equal(
            [(1, "b", "g", "{"), (2, "c", "h", """{"x":1}""")],
            answer.Batch.Pieces.Select(piece => (piece.Extras!.ToolCall!.Index, piece.Extras.ToolCall.CallId, piece.Extras.ToolCall.Name, piece.Extras.ToolCall.Arguments)));
        Assert.Equal("tool_calls", answer.Complete().FinishReason);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1024)]
    public void Read_ACallOfANumberThatNoAnswerHas_IsAProtocolError(int index)
    {
        var exception = Assert.Throws<BackendException>(() => new Answer(1).Read(new ChatResponseUpdate(ChatRole.Assistant, [new ToolCallPiece(index) { CallId = "a", Name = "f" }])));
        Assert.Equal(BackendErrorKind.Protocol, exception.Kind);
    }

    [Fact]
    public void Read_MoreWholeCallsThanAnAnswerHas_IsAProtocolError()
    {
        var answer = new Answer(1);
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new ToolCallPiece(1023) { CallId = "a", Name = "f" }]));

        var exception = Assert.Throws<BackendException>(() => answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("b", "g")])));
        Assert.Equal(BackendErrorKind.Protocol, exception.Kind);
    }

    [Fact]
    public void Read_SeveralAnswers_PiecesAndFinishReasonsKeepTheirs()
    {
        var answer = new Answer(2);
        answer.Read(new BackendUpdate(ChatRole.Assistant, "b") { Choice = 1, FinishReason = ChatFinishReason.Length });
        answer.Read(new BackendUpdate(ChatRole.Assistant, "a") { FinishReason = ChatFinishReason.ContentFilter });

        Assert.Equal([("b", 1), ("a", 0)], answer.Batch.Pieces.Select(piece => (piece.Text, piece.Extras?.Choice ?? 0)));
        var completion = answer.Complete();
        Assert.Equal("content_filter", completion.FinishReason);
        Assert.Equal(["content_filter", "length"], completion.FinishReasons);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Read_AnAnswerNobodyAskedFor_IsAProtocolError(int choice)
    {
        var exception = Assert.Throws<BackendException>(() => new Answer(1).Read(new BackendUpdate(ChatRole.Assistant, "a") { Choice = choice }));
        Assert.Equal(BackendErrorKind.Protocol, exception.Kind);
    }

    [Fact]
    public void Read_LogProbabilities_GoWithTheTextOrAloneWhereThereIsNone()
    {
        var answer = new Answer(1);
        IReadOnlyList<TokenLogProbability> certain = [new TokenLogProbability("a", 0)];
        answer.Read(new BackendUpdate(ChatRole.Assistant, "a") { LogProbabilities = certain });
        answer.Read(new BackendUpdate { LogProbabilities = certain });

        Assert.Equal([("a", certain), ("", certain)], answer.Batch.Pieces.Select(piece => (piece.Text, piece.Extras!.LogProbabilities)));
    }

    [Fact]
    public void Read_LogProbabilitiesOfNoToken_AreAProtocolError()
    {
        TokenLogProbability[] faulty =
        [
            null!, new TokenLogProbability(null!, 0), new TokenLogProbability("a", 0) { Top = null! }, new TokenLogProbability("a", 0) { Top = [new TokenLogProbability(null!, 0)] },
        ];
        Assert.All(faulty, token => Assert.Equal(
            BackendErrorKind.Protocol, Assert.Throws<BackendException>(() => new Answer(1).Read(new BackendUpdate(ChatRole.Assistant, "a") { LogProbabilities = [token] })).Kind));
    }

    [Fact]
    public void ToDelta_CandidatesThatHoldEachOther_EndAtTheirFirstLevel()
    {
        var top = new List<TokenLogProbability>();
        top.Add(new TokenLogProbability("b", -1) { Top = top });
        var delta = AnswerMapping.ToDelta("a", new AnswerExtras { LogProbabilities = [new TokenLogProbability("a", 0) { Top = top }] });

        Assert.Empty(Assert.Single(Assert.Single(delta.Logprobs).Top).Top);
    }

    [Fact]
    public void Read_ACharacterCutInTwoInReasoningAndInASecondAnswer_EachIsJoinedForItself()
    {
        var answer = new Answer(2);
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("\ud83d")]));
        answer.Read(new BackendUpdate(ChatRole.Assistant, "b\ud83d") { Choice = 1 });
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("\ude00")]));
        answer.Read(new BackendUpdate(ChatRole.Assistant, "\udc4d") { Choice = 1 });

        Assert.Equal([("b", ""), ("", "😀"), ("👍", "")], answer.Batch.Pieces.Select(piece => (piece.Text, piece.Extras?.Reasoning ?? "")));
    }

    [Fact]
    public void Read_ACharacterCutInTwoInTheArgumentsOfInterleavedCalls_EachIsJoinedForItself()
    {
        var answer = new Answer(1);
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new ToolCallPiece(0) { CallId = "a", Name = "f", Arguments = "x\ud83d" }, new ToolCallPiece(1) { Arguments = "\ud83d" }]));
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new ToolCallPiece(0) { Arguments = "\ude00" }, new ToolCallPiece(1) { Arguments = "\udc4d" }, new ToolCallPiece(1) { Arguments = "y\ud83d" }]));
        answer.End();

        Assert.Equal(
            [(0, "a", "f", "x"), (1, null, null, ""), (0, null, null, "😀"), (1, null, null, "👍"), (1, null, null, "y"), (1, null, null, "\ud83d")],
            answer.Batch.Pieces.Select(piece => (piece.Extras!.ToolCall!.Index, piece.Extras.ToolCall.CallId, piece.Extras.ToolCall.Name, piece.Extras.ToolCall.Arguments)));
    }

    [Fact]
    public void Complete_UsageAndSkippedChunks_AreCountedOverAllUpdates()
    {
        var answer = new Answer(1);
        answer.Read(new BackendUpdate(ChatRole.Assistant, "a") { SkippedChunks = 1 });
        answer.Read(new BackendUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails
        {
            InputTokenCount = 5, OutputTokenCount = 7, TotalTokenCount = 12, CachedInputTokenCount = 4, ReasoningTokenCount = 3,
        })])
        {
            SkippedChunks = 2,
        });

        var completion = answer.Complete();
        Assert.False(completion.UsageIsEstimated);
        Assert.Equal((5, 7, 12, 4, 3, 3), (completion.InputTokens, completion.OutputTokens, completion.TotalTokens, completion.CachedInputTokens, completion.ReasoningTokens, completion.SkippedChunks));
    }

    [Fact]
    public void End_AnAnswerThatWasAskedForNeverCame_IsAProtocolError()
    {
        var answer = new Answer(2);
        answer.Read(new BackendUpdate(ChatRole.Assistant, "a") { FinishReason = ChatFinishReason.Stop });

        var exception = Assert.Throws<BackendException>(answer.End);
        Assert.Equal((BackendErrorKind.Protocol, "The backend sent 1 of 2 answers."), (exception.Kind, exception.Message));
    }

    [Fact]
    public void End_AnAnswerOfNothingButItsEnd_HasCome()
    {
        var answer = new Answer(2);
        answer.Read(new BackendUpdate { FinishReason = ChatFinishReason.Stop });
        answer.Read(new BackendUpdate { Choice = 1, FinishReason = ChatFinishReason.ContentFilter });
        answer.End();

        Assert.Equal(["stop", "content_filter"], answer.Complete().FinishReasons);
    }

    [Fact]
    public void Complete_TheBackendTellsAUsageOfNothing_IsEstimated()
    {
        var answer = new Answer(1);
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, "a"));
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails())]));

        var completion = answer.Complete();
        Assert.Equal((1L, true), (completion.OutputTokens, completion.UsageIsEstimated));
        Assert.True(EmbeddingAnswer.Of(TestModel.Of("mock"), new([new Embedding<float>(ReadOnlyMemory<float>.Empty)]) { Usage = new UsageDetails() }).UsageIsEstimated);
    }

    [Fact]
    public void Complete_TheBackendCountsNothing_ThePiecesAreCounted()
    {
        var answer = new Answer(1);
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, "a"));
        answer.Read(new ChatResponseUpdate(ChatRole.Assistant, "b"));

        var completion = answer.Complete();
        Assert.Equal(("stop", 2L, (long?)null, true), (completion.FinishReason, completion.OutputTokens, completion.CachedInputTokens, completion.UsageIsEstimated));
    }
}
