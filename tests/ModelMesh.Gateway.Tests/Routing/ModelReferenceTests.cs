using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class ModelReferenceTests
{
    private static readonly ModelVersion[] Registered =
    [
        FakeCatalog.Model("llama"),
        FakeCatalog.Model("llama", "v2") with { Adapters = ["sql", "a:b"] },
        FakeCatalog.Model("qwen3:4b"),
        FakeCatalog.Model("team@corp/chat", "1:2"),
        FakeCatalog.Model("both"),
        FakeCatalog.Model("both@v9", "only"),
    ];

    [Theory]
    [InlineData("llama@v2", "llama", "v2", "")]
    [InlineData("llama@v1", "llama", "v1", "")]
    [InlineData("llama:sql", "llama", "v2", "sql")]
    [InlineData("llama:a:b", "llama", "v2", "a:b")]
    [InlineData("llama:sql@v2", "llama", "v2", "sql")]
    [InlineData("llama@v2:sql", "llama", "v2", "sql")]
    [InlineData("qwen3:4b", "qwen3:4b", "v1", "")]
    [InlineData("qwen3:4b@v1", "qwen3:4b", "v1", "")]
    [InlineData("team@corp/chat", "team@corp/chat", "1:2", "")]
    [InlineData("team@corp/chat@1:2", "team@corp/chat", "1:2", "")]
    [InlineData("both@v9", "both@v9", "only", "")]
    public async Task Reference_OfAnyForm_ResolvesToTheModelThatIsThere(string reference, string name, string version, string adapter)
    {
        var route = await ResolveAsync(reference);

        Assert.Equal((name, version, adapter), (route.Model.Name, route.Model.Version, route.Adapter));
    }

    [Theory]
    [InlineData("nobody@v1", "Model 'nobody@v1' is not registered.")]
    [InlineData("llama@v7", "Model 'llama' has no version 'v7'. Its versions: v1, v2.")]
    [InlineData("llama:poems", "Model 'llama' has no adapter 'poems'. Its adapters: sql, a:b.")]
    [InlineData("llama:sql@v1", "Model 'llama' has no adapter 'sql@v1'. Its adapters: sql, a:b.")]
    [InlineData("@", "Model '@' is not registered.")]
    [InlineData("llama@", "Model 'llama@' is not registered.")]
    public async Task Reference_ToNothing_SaysWhatOfItThereIs(string reference, string message)
    {
        var error = await Assert.ThrowsAsync<MeshException>(() => ResolveAsync(reference));

        Assert.Equal(ErrorCode.ModelNotFound, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama", "v2", "")]
    [InlineData("llama:sql", "v2", "sql")]
    public async Task Reference_WithAVersionBesideIt_TakesThatVersion(string reference, string version, string adapter)
    {
        var route = await ResolveAsync(reference, version);

        Assert.Equal((version, adapter, true), (route.Model.Version, route.Adapter, route.IsNamed));
    }

    [Fact]
    public async Task Name_ThatIsNoReference_IsTakenLiterally()
    {
        var resolver = Resolver();

        await Assert.ThrowsAsync<MeshException>(async () => await resolver.ResolveAsync(new Asked { Model = "llama@v2" }, CallTraits.None, CancellationToken.None));
    }

    [Fact]
    public async Task Reference_OfAThousandSigns_IsRefusedLikeAnyOther() =>
        await Assert.ThrowsAsync<MeshException>(() => ResolveAsync(string.Concat(Enumerable.Repeat("a@:", 1_000))));

    private static async Task<ModelRoute> ResolveAsync(string reference, string? version = null) =>
        (await Resolver().ResolveAsync(new Asked { Model = reference, Version = version, IsReference = true }, CallTraits.None, CancellationToken.None)).First;

    private static ModelResolver Resolver() => new(new FakeCatalog(Registered), new FakeFigures(), TimeProvider.System);

    private sealed class Asked : ModelRequest;
}
