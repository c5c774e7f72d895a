using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>Embeddings.</content>
public abstract partial class BackendConformance
{
    private static readonly float[][] Vectors = [[0.5f, -1.25f], [2, 0], [0.125f, 1e-3f]];
    private static readonly string[] Inputs = ["one", "two é", "three"];

    /// <summary>Whether the plugin makes embeddings.</summary>
    protected virtual bool HasEmbeddings => Dialect.EmbeddingsPath is not null;

    [SkippableFact]
    public async Task Embeddings_OfSeveralTexts_ComeInTheTextsOrderWithUsage()
    {
        var upstream = EmbeddingUpstream(exchange => exchange.AnswerAsync(200, Dialect.Embeddings(exchange.Request, Vectors)!));
        if (Embedder(upstream) is not { } embedder)
        {
            throw Inapplicable();
        }

        var embeddings = await embedder.GenerateAsync(Inputs);

        Assert.Equal(Vectors, embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(UpstreamDialect.InputTokens, embeddings.Usage?.InputTokenCount);
        var body = Assert.Single(upstream.Requests).Json;
        Assert.Null(BodyMatch.Difference(new JsonObject { ["input"] = new JsonArray("one", "two é", "three") }, body));
    }

    [SkippableFact]
    public async Task Embeddings_OfAnAdapterAndWithARequestId_NameBothUpstream()
    {
        var upstream = EmbeddingUpstream(exchange => exchange.AnswerAsync(200, Dialect.Embeddings(exchange.Request, Vectors)!));
        if (Embedder(upstream) is not { } embedder)
        {
            throw Inapplicable();
        }

        await embedder.GenerateAsync(Inputs, new BackendEmbeddingOptions { RequestId = "req-1", ModelId = Lacks(ChatFeatures.Adapters) ? null : SampleRequests.Adapter });
        await embedder.GenerateAsync(Inputs);

        Assert.Equal(["req-1", null], upstream.Requests.Select(request => request.Header("x-request-id")));
        Assert.Equal(
            [Lacks(ChatFeatures.Adapters) ? UpstreamDialect.Model : SampleRequests.Adapter, UpstreamDialect.Model],
            upstream.Requests.Select(request => (string?)request.Json[Dialect.ModelField!]));
    }

    [SkippableTheory]
    [InlineData(400, BackendErrorKind.InvalidRequest)]
    [InlineData(401, BackendErrorKind.Unauthenticated)]
    [InlineData(429, BackendErrorKind.RateLimited)]
    [InlineData(500, BackendErrorKind.Upstream)]
    [InlineData(503, BackendErrorKind.Unavailable)]
    public async Task Embeddings_RefusedByTheUpstream_FailAsAChatDoes(int status, BackendErrorKind kind)
    {
        var upstream = EmbeddingUpstream(exchange => exchange.AnswerAsync(status, Dialect.Error($"no ({ApiKey})"), headers: "Retry-After: 7"));
        if (Embedder(upstream) is not { } embedder)
        {
            throw Inapplicable();
        }

        var failure = await Assert.ThrowsAsync<BackendException>(() => embedder.GenerateAsync(Inputs));

        Assert.Equal(kind, failure.Kind);
        Assert.DoesNotContain(ApiKey, failure.ToString(), StringComparison.Ordinal);
        Assert.Single(upstream.Requests);
    }

    [SkippableFact]
    public async Task Embeddings_UnlikeTheTextsInNumber_FailAsProtocol()
    {
        var upstream = EmbeddingUpstream(exchange => exchange.AnswerAsync(200, Dialect.Embeddings(exchange.Request, Vectors[..2])!));
        if (Embedder(upstream) is not { } embedder)
        {
            throw Inapplicable();
        }

        var failure = await Assert.ThrowsAsync<BackendException>(() => embedder.GenerateAsync(Inputs));

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
    }

    [SkippableFact]
    public async Task Embeddings_OfWhichOneIsEmpty_FailAsProtocol()
    {
        var upstream = EmbeddingUpstream(exchange => exchange.AnswerAsync(200, Dialect.Embeddings(exchange.Request, [Vectors[0], [], Vectors[2]])!));
        if (Embedder(upstream) is not { } embedder)
        {
            throw Inapplicable();
        }

        var failure = await Assert.ThrowsAsync<BackendException>(() => embedder.GenerateAsync(Inputs));

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
    }

    [SkippableTheory]
    [InlineData("<html></html>")]
    [InlineData("{}")]
    public async Task Embeddings_ThatCannotBeRead_FailAsProtocol(string body)
    {
        if (Embedder(EmbeddingUpstream(exchange => exchange.AnswerAsync(200, body))) is not { } embedder)
        {
            throw Inapplicable();
        }

        var failure = await Assert.ThrowsAsync<BackendException>(() => embedder.GenerateAsync(Inputs));

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
    }

    [SkippableFact]
    public async Task Embeddings_Cancelled_CloseTheConnectionAtOnce()
    {
        var asked = new Arrivals();
        if (Embedder(EmbeddingUpstream(exchange => asked.ArriveAsync(exchange.Connection))) is not { } embedder)
        {
            throw Inapplicable();
        }

        await BestOfSixAsync(async () =>
        {
            using var cancelling = new CancellationTokenSource();
            var embedding = embedder.GenerateAsync(Inputs, cancellationToken: cancelling.Token);
            return await ClosedAfterCancelAsync(cancelling, embedding, await asked.NextAsync().WaitAsync(Patience, TimeProvider.System));
        });
    }

    private ScriptedUpstream EmbeddingUpstream(Func<UpstreamExchange, Task> answer) =>
        Own(ScriptedUpstream.Answering(exchange => exchange.Request.Path == Dialect.EmbeddingsPath ? answer(exchange) : AuxiliaryAsync(exchange)));

    private IEmbeddingGenerator<string, Embedding<float>>? Embedder(ScriptedUpstream upstream)
    {
        var embedder = Create(upstream.Address).Embeddings;
        Assert.Equal(HasEmbeddings, embedder is not null);
        return embedder;
    }
}
