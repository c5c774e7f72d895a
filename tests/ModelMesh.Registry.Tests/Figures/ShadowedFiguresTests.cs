using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Tests.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Figures;

public sealed class ShadowedFiguresTests
{
    [Fact]
    public async Task Figures_OfAModel_AreWithoutCopiesForShadows()
    {
        await using var registry = await TestRegistry.StartAsync();
        var model = registry.PutMock();

        await AskAsync(registry, isShadow: true);
        await AskAsync(registry, isShadow: false);

        await Eventually.HoldsAsync(() => registry.Figures.Of(model).FirstTokens > 0, "the request has ended");
        Assert.Equal(1, registry.Figures.Of(model).FirstTokens);
    }

    private static async Task AskAsync(TestRegistry registry, bool isShadow)
    {
        using var call = new InferCall(registry.Client.Infer(new InferRequest
        {
            RequestId = "r", Model = "chat", Version = "v1", Shadow = isShadow, Messages = { new ChatMessage { Role = "user", Content = "hello" } },
        }));
        await call.CompletedAsync();
    }
}
