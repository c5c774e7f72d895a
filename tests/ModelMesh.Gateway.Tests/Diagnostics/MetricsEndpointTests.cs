using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Diagnostics;

public sealed class MetricsEndpointTests
{
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);

    [Fact]
    public async Task Metrics_AfterARequest_CountItAsText()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using (var answer = await gateway.InferAsync())
        {
            await answer.Content.ReadAsStringAsync();
        }

        using var response = await gateway.Client.GetAsync(Metrics);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("\n# TYPE modelmesh_gateway_requests_total counter\n", text, StringComparison.Ordinal);
        Assert.Matches("\nmodelmesh_gateway_requests_total{[^}]*outcome=\"ok\"[^}]*} 1\n", text);
        Assert.Matches("\nprocess_start_time_seconds [0-9.]+\n", text);
        Assert.Contains("\ndotnet_gc_collections_total{", text, StringComparison.Ordinal);
        Assert.Contains("\nmodelmesh_gateway_instances 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_ForWhoAcceptsOpenMetricsAndGzip_AreThat()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Metrics);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text; version=1.0.0"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept", "Accept-Encoding"], response.Headers.Vary);
        using var text = new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        var lines = (await text.ReadToEndAsync()).Split('\n');
        Assert.Contains("# TYPE target info", lines);
        Assert.Contains("# UNIT process_start_time_seconds seconds", lines);
        Assert.Equal(["# EOF", ""], lines[^2..]);
    }

    [Fact]
    public async Task Metrics_ForWhoRefusesGzip_AreNotCompressed()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Metrics);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip", 0));

        using var response = await gateway.Client.SendAsync(request);

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Metrics_SwitchedOff_AreNotThere()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Metrics:Enabled=false"]);

        using var response = await gateway.Client.GetAsync(Metrics);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
