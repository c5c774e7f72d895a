using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class ModelResolverTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("user_tier", 0)]
    [InlineData("prompt_length", 1)]
    public async Task Prompt_IsMeasuredOnlyForARuleThatLooksAtItsLength(string? field, int times)
    {
        var catalog = new FakeCatalog(FakeCatalog.Model());
        if (field is not null)
        {
            catalog.With(Dry.Rule("r", "chat", conditions: [new RuleCondition("model", "exists"), new RuleCondition(field, "gt", JsonDocument.Parse("5").RootElement)]));
        }

        var request = new MeasuredRequest { Model = "chat" };
        var plan = await new ModelResolver(catalog, new FakeFigures(), TimeProvider.System).ResolveAsync(request, CallTraits.None, CancellationToken.None);

        Assert.Equal(("chat", times), (plan.First.Model.Name, request.Times));
    }

    private sealed class MeasuredRequest : ModelRequest
    {
        public int Times { get; private set; }

        public override long PromptLength() => ++Times;
    }
}
