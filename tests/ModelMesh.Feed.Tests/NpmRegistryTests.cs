namespace ModelMesh.Feed.Tests;

public sealed class NpmRegistryTests
{
    [Theory]
    [InlineData("https://a.example/npm", new[] { "registry=https://b.example/" }, "https://a.example/npm/")]
    [InlineData(null, new[] { "# registry=no", "fund=false", "registry = https://b.example/npm" }, "https://b.example/npm/")]
    [InlineData(null, new[] { "registry=https://b.example/", "@microsoft:registry=https://c.example/" }, "https://c.example/")]
    [InlineData("not an address", new[] { "registry=https://b.example/" }, "https://b.example/")]
    [InlineData(null, new[] { "fund=false" }, null)]
    public void Choose_VariableAndNpmrc_TakesTheFirstAddress(string? variable, string[] npmrc, string? expected) =>
        Assert.Equal(expected, NpmRegistry.Choose(variable, npmrc)?.ToString());
}
