using Microsoft.Extensions.AI;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>An answer as it should be.</content>
public abstract partial class BackendConformance
{
    [Fact]
    public async Task Stream_AnsweredInPieces_GivesTextInOrderWithUsageAndFinishReason()
    {
        var backend = Create(Streaming([Dialect.Text("Hel"), Dialect.Text("lo"), Dialect.Text(" world"), .. Dialect.Ending()]));

        var outcome = await ChatAsync(backend);

        Assert.Equal(["Hel", "lo", " world"], outcome.Pieces);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        Assert.Equal(UpstreamDialect.InputTokens, outcome.Usage?.InputTokenCount);
        Assert.Equal(UpstreamDialect.OutputTokens, outcome.Usage?.OutputTokenCount);
        Assert.Equal(0, outcome.SkippedChunks);
    }
}
