using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"model":"chat","input":"a","no_such":1}""")]
    public async Task Infer_BadBody_Is400InTheOneErrorBody(string body)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var error = json.RootElement.GetProperty("error");
        Assert.Equal(("invalid_request", "client_error"), (error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.NotEqual(0, error.GetProperty("details").GetArrayLength());
        Assert.Empty(registry.Calls);
    }

    [Fact]
    public async Task Infer_WrongMethod_Is405InTheOneErrorBody()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.Client.GetAsync("/infer");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("\"code\":\"invalid_request\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Infer_HundredMegabytes_Is413_AndTheClientReadsIt(bool chunked)
    {
        const int Size = 100 * 1024 * 1024;
        await using var gateway = await TestGateway.StartAsync();
        using var raw = await RawHttp.ConnectAsync(gateway.Address);
        await raw.SendAsync($"POST /infer HTTP/1.1\r\nHost: gateway\r\n{(chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Size}")}\r\n\r\n");

        // A client that reads only after it has sent everything: the answer must survive until then.
        var block = new byte[1024 * 1024];
        Array.Fill(block, (byte)' ');
        for (var sent = 0; sent < Size; sent += block.Length)
        {
            await raw.SendAsync(chunked ? "100000\r\n" : "");
            await raw.Stream.WriteAsync(block);
            await raw.SendAsync(chunked ? "\r\n" : "");
        }

        await raw.SendAsync(chunked ? "0\r\n\r\n" : "");
        var answer = await raw.ReadAsync(until: "}}");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("{\"error\":{\"code\":\"payload_too_large\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", HttpStatusCode.BadRequest)]
    [InlineData("identity", HttpStatusCode.OK)]
    public async Task Infer_BodyOfAnEncoding_IsReadWhereItIsNoneAndElseRefusedByIt(string encoding, HttpStatusCode status)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var content = new StringContent("""{"model":"chat","input":"hi"}""", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add(encoding);

        using var response = await gateway.SendAsync(content);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.BadRequest, (await response.Content.ReadAsStringAsync()).Contains("Content-Encoding: gzip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Infer_BodyOfTheLimit_IsTaken_AndOneByteMoreIsNot()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Limits:MaxBodyBytes=100"], registry);
        var body = """{"model":"chat","input":"hi"}""".PadRight(100);

        using var fits = await gateway.SendAsync(new ChunkedContent(body));
        using var over = await gateway.SendAsync(new ChunkedContent(body + " "));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (fits.StatusCode, over.StatusCode));
    }

    private sealed class ChunkedContent(string text) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
            length = 0;
            return false;
        }
    }
}
