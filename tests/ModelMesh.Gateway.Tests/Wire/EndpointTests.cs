using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class EndpointTests
{
    [Fact]
    public async Task EachMethodOfAPath_IsMappedOnce()
    {
        await using var gateway = await TestGateway.StartAsync();

        var mapped = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]).Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .ToList();

        Assert.Contains("POST /v1/chat/completions", mapped);
        Assert.Equal(mapped.Distinct(StringComparer.OrdinalIgnoreCase), mapped);
    }
}
