using System.Net;
using System.Text;
using System.Text.Json;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Errors;

public sealed class ErrorShapeTests
{
    [Theory]
    [InlineData("/v1/nothing", null, """{"error":{"message":"There is nothing at /v1/nothing.","type":"invalid_request_error","param":null,"code":"invalid_request"}}""")]
    [InlineData("/v1/nothing", "2023-06-01", """{"type":"error","error":{"type":"not_found_error","message":"There is nothing at /v1/nothing."},"request_id":"r-1"}""")]
    [InlineData("/v1/messages/nothing", null, """{"type":"error","error":{"type":"not_found_error","message":"There is nothing at /v1/messages/nothing."},"request_id":"r-1"}""")]
    [InlineData("/v1/infer/nothing", null, """{"error":{"code":"invalid_request","message":"There is nothing at /v1/infer/nothing.","type":"client_error"}}""")]
    [InlineData("/api/nothing", null, """{"error":"There is nothing at /api/nothing.","code":"invalid_request"}""")]
    [InlineData("/nothing", null, """{"error":{"code":"invalid_request","message":"There is nothing at /nothing.","type":"client_error"}}""")]
    public async Task UnknownPath_IsAnsweredInTheShapeOfTheApiItLooksLike(string path, string? anthropicVersion, string body)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", "r-1");
        if (anthropicVersion is not null)
        {
            request.Headers.Add("anthropic-version", anthropicVersion);
        }

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task InferError_HasTheMeshsOwnShape()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.InferAsync("""{"model":"nobody","input":"hi"}""");

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("model_not_found", body.RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
