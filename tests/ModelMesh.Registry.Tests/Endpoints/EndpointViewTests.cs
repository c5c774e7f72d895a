using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

public sealed class EndpointViewTests(AdminFixture mesh) : IClassFixture<AdminFixture>
{
    [Fact]
    public async Task Get_OneVersion_ShowsItsEndpointsAsTheReplicaSeesThem()
    {
        await mesh.One.Http.PostAsync("""{"name":"pair","version":"v1","backend_type":"mock"}""");
        mesh.One.Get<FakeEndpoints>().Say(
            new ModelId("pair", "v1"),
            new EndpointState("http://a/v1", 3, CircuitState.Open, 2, 5, TimeSpan.Zero, TimeSpan.FromMilliseconds(1234.5), "It was refused."),
            new EndpointState(null, 1, CircuitState.HalfOpen, 1, 0, TimeSpan.Zero, TimeSpan.Zero, null));

        var one = await mesh.One.Http.ReadAsync("/models/pair/versions/v1");
        Assert.Equal(
            """
            [{"endpoint":"http://a/v1","weight":3,"state":"open","in_flight":2,"held_for_ms":1235,"failures":5,"last_error":"It was refused."},{"weight":1,"state":"half_open","in_flight":1,"failures":0}]
            """,
            one.Body.GetProperty("endpoints").GetRawText());
        var all = await mesh.One.Http.ReadAsync("/models/pair");
        Assert.False(all.Body.GetProperty("models")[0].TryGetProperty("endpoints", out _));
    }
}
