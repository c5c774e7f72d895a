using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Ui.Playground;
using ModelMesh.ServiceDefaults.Catalog;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Playground;

public sealed class PlaygroundRulesTests
{
    [Theory]
    [InlineData(ErrorCode.BackendUnavailable, false, false, true)]
    [InlineData(ErrorCode.Timeout, false, false, true)]
    [InlineData(ErrorCode.CapacityExceeded, false, false, true)]
    [InlineData(ErrorCode.ModelNotFound, false, false, true)]
    [InlineData(ErrorCode.Internal, false, true, true)]
    [InlineData(ErrorCode.BackendUnavailable, true, false, false)]
    [InlineData(ErrorCode.InvalidRequest, false, false, false)]
    [InlineData(ErrorCode.Cancelled, false, false, false)]
    [InlineData(ErrorCode.StoreUnavailable, false, false, false)]
    public void GoesOn_AfterAFailure_OnlyWhereAnotherVersionMayDoBetterAndNothingWasSaid(ErrorCode code, bool hasToken, bool elsewhere, bool goesOn) =>
        Assert.Equal(goesOn, PlaygroundRules.GoesOn(new MeshException(code) { RetryElsewhere = elsewhere }, hasToken));

    [Theory]
    [InlineData("""{"endpoint":"http://u:p@host:1/v1?key=x"}""", 0, "http://host:1/v1")]
    [InlineData("{}", 0, null)]
    [InlineData("""{"endpoint":5}""", 0, null)]
    [InlineData("{}", 2, "http://two/")]
    public void EndpointOf_AnAnswer_IsItsAddressWithoutWhatMayBeSecret(string backend, int index, string? address) => Assert.Equal(address, AskedEndpoint.Of(
        new ModelVersion
        {
            Name = "a",
            Version = "v1",
            BackendType = "mock",
            Backend = JsonDocument.Parse(backend).RootElement,
            Backends = index == 0 ? [] : [new ModelEndpoint { Endpoint = "http://one/" }, new ModelEndpoint { Endpoint = "http://two/?key=x" }],
        },
        index));

    [Fact]
    public void Choices_OfACatalog_AreNamesAndVersionsOnce()
    {
        var catalog = CatalogSnapshot.Create(1, [Model("a", "1"), Model("a", "2") with { Shadow = true }, Model("a@1", "x")]);

        Assert.Equal(
            [("a", null), ("a@1", null), ("a", "2"), ("a@1", "x")],
            PlaygroundChoice.Of(catalog).Select(choice => (choice.Model, choice.Version)));
    }

    private static ModelVersion Model(string name, string version) => new() { Name = name, Version = version, BackendType = "mock" };
}
