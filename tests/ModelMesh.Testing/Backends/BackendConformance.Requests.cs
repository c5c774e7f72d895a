using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>What of a request reaches the upstream, and where.</content>
public abstract partial class BackendConformance
{
    /// <summary>Every feature there is, one by one.</summary>
    public static TheoryData<ChatFeatures> Features => [.. Enum.GetValues<ChatFeatures>().Where(feature => System.Numerics.BitOperations.IsPow2((int)feature))];

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Feature_ThatTheUpstreamHas_ArrivesThereAndElseIsNotClaimed(ChatFeatures feature)
    {
        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));
        var backend = Create(upstream.Address);
        if (Lacks(feature))
        {
            return;
        }

        Assert.True(backend.Features.HasFlag(feature), $"{feature} is not claimed");
        var (messages, options) = SampleRequests.For(feature);
        await ChatAsync(backend, options, messages);

        Assert.Null(BodyMatch.Difference(Expected(feature), SentBody(upstream)));
    }

    [Fact]
    public async Task Request_OfEveryPlainRole_ArrivesInOrder()
    {
        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));
        var (messages, options) = SampleRequests.For(ChatFeatures.None);

        await ChatAsync(Create(upstream.Address), options, messages);

        Assert.Null(BodyMatch.Difference(Expected(ChatFeatures.None), SentBody(upstream)));
    }

    [Fact]
    public async Task Request_ThatSetsNothing_SendsNoNulls()
    {
        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));

        await ChatAsync(Create(upstream.Address));

        Assert.DoesNotContain(SentBody(upstream), field => field.Value is null);
    }

    [SkippableFact]
    public async Task Request_ToAModelWithoutNameOfItsOwn_NamesTheRegisteredOne()
    {
        if (Dialect.ModelField is not { } field)
        {
            throw Inapplicable();
        }

        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));

        await ChatAsync(Create(upstream.Address, values => values.Remove("model")));

        Assert.Equal("registered-model", (string?)SentBody(upstream)[field]);
    }

    [Fact]
    public async Task Request_WithAnId_CarriesItInItsHeader()
    {
        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));

        await ChatAsync(Create(upstream.Address), new() { RequestId = "req-1" });

        Assert.Equal("req-1", Assert.Single(upstream.Requests, IsChat).Header("x-request-id"));
    }

    [SkippableFact]
    public async Task Request_WithAKey_CarriesItInItsHeaderOnly()
    {
        if (!TakesApiKey)
        {
            throw Inapplicable();
        }

        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));

        await ChatAsync(Create(upstream.Address));

        var request = Assert.Single(upstream.Requests, IsChat);
        Assert.Equal($"Bearer {ApiKey}", request.Header("Authorization"));
        Assert.DoesNotContain(ApiKey, request.Target, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey, SentBody(upstream).ToJsonString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Extra_OfTheModelAndOfTheCaller_AreMergedAndTheCallersWins()
    {
        if (Lacks(ChatFeatures.Extra))
        {
            throw Inapplicable();
        }

        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));
        var backend = Create(upstream.Address, values => values["extra"] = JsonNode.Parse("""{"of_model":[1,{"a":null}],"of_both":"model"}"""));
        var options = new BackendCallOptions { AdditionalProperties = new() { ["of_both"] = Json("\"caller\""), ["of_caller"] = Json("""{"b":1.5}""") } };

        await ChatAsync(backend, options);
        await ChatAsync(backend);

        var bodies = upstream.Requests.Where(IsChat).Select(request => Dialect.ExtraRoot(request.Json)).ToList();
        Assert.Null(BodyMatch.Difference(JsonNode.Parse("""{"of_model":[1,{"a":null}],"of_both":"caller","of_caller":{"b":1.5}}"""), bodies[0]));
        Assert.Null(BodyMatch.Difference(JsonNode.Parse("""{"of_model":[1,{"a":null}],"of_both":"model"}"""), bodies[1]));
        Assert.False(bodies[1].ContainsKey("of_caller"), "the caller's extra was kept for the next request");
    }

    [Fact]
    public async Task Defaults_OfTheConfiguration_AreUsedByAModelWithoutItsOwn()
    {
        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));
        var backend = CreateConfigured(new Uri(upstream.Address, Dialect.BasePath), values =>
        {
            values.Remove("endpoint");
            values.Remove("api_key");
        });

        await ChatAsync(backend);

        Assert.Equal(TakesApiKey ? $"Bearer {ConfiguredApiKey}" : null, Assert.Single(upstream.Requests, IsChat).Header("Authorization"));
    }

    [Fact]
    public async Task DefaultKey_OfTheConfiguration_IsNotSentToAnEndpointThatAModelNames()
    {
        using var configured = new ClosedPort();
        var upstream = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));
        var backend = CreateConfigured(new Uri(configured.Address, Dialect.BasePath), values =>
        {
            values["endpoint"] = new Uri(upstream.Address, Dialect.BasePath).ToString();
            values.Remove("api_key");
        });

        try
        {
            await ChatAsync(backend);
        }
        catch (BackendException)
        {
            // To refuse the call for want of a key is as good as to make it without.
        }

        Assert.DoesNotContain(upstream.Requests, request => request.Text.Contains(ConfiguredApiKey, StringComparison.Ordinal));
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private JsonObject SentBody(ScriptedUpstream upstream) => Dialect.Normalize(upstream.Requests.Last(IsChat).Json);
}
