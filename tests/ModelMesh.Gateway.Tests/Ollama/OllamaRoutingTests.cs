using ModelMesh.Contracts.Instances;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class OllamaRoutingTests
{
    [Theory]
    [InlineData("mock", """{"min_p":0.1,"new_field":1}""")]
    [InlineData("ollama", """{"keep_alive":"5m","new_field":1,"options":{"min_p":0.1,"num_ctx":64}}""")]
    public async Task FieldsOfTheBackend_ArriveInTheFormThatItsTypeTakes(string type, string extra)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var info = registry.Info with { Plugins = [new InstancePlugin(type, "1", "ready")] };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model() with { BackendType = type }), new FakeDirectory(info), []);
        const string fields = """
            "keep_alive":"5m","new_field":1,"options":{"min_p":0.1,"num_ctx":64,"top_k":3}
            """;

        await gateway.AnswerAsync("/api/chat", $$"""{"model":"chat","messages":[{"role":"user","content":"hi"}],{{fields}}}""");

        var request = Assert.Single(registry.Calls).Request;
        Assert.True(request.Lenient);
        Assert.Equal(3, request.Options.TopK);
        Assert.Equal(extra, request.Options.ExtraJson);
    }

    [Fact]
    public async Task Body_AboveTheLimit_IsRefusedInOllamasShape()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Limits:MaxBodyBytes=100"], registry);

        using var response = await gateway.OllamaAsync("/api/chat", new string(' ', 101));

        Assert.Equal(413, (int)response.StatusCode);
        Assert.Equal("""{"error":"The request body is larger than 100 bytes.","code":"payload_too_large"}""", await response.Content.ReadAsStringAsync());
    }
}
