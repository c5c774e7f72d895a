using Microsoft.Net.Http.Headers;
using ModelMesh.ServiceDefaults.Prometheus.Exposition;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class FormatChoiceTests
{
    [Theory]
    [InlineData(null, "Text")]
    [InlineData("*/*", "Text")]
    [InlineData("text/plain", "Text")]
    [InlineData("text/html", "Text")]
    [InlineData("application/openmetrics-text", "OpenMetrics")]
    [InlineData("application/openmetrics-text; version=1.0.0; charset=utf-8", "OpenMetrics")]
    [InlineData("application/openmetrics-text; version=\"1.0.0\"", "OpenMetrics")]
    [InlineData("application/openmetrics-text; version=0.0.1", "Text")]
    [InlineData("application/openmetrics-text, */*", "OpenMetrics")]
    [InlineData("application/openmetrics-text, text/plain", "Text")]
    [InlineData("application/openmetrics-text; q=0.5, text/plain", "Text")]
    [InlineData("application/openmetrics-text; q=0.5, text/plain; q=0.4", "OpenMetrics")]
    [InlineData("application/openmetrics-text; q=0", "Text")]
    [InlineData("application/*, text/plain; q=0.9", "OpenMetrics")]
    [InlineData("application/openmetrics-text; q=0.2, application/*, text/*; q=0.3", "Text")]
    [InlineData("text/plain; version=0.0.1; q=1, application/openmetrics-text; q=0.1", "OpenMetrics")]
    // Prometheus 2.42's, and 3's.
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "OpenMetrics")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", "OpenMetrics")]
    public void Of_WhatAScraperAccepts_IsTheFormatItWantsMost(string? accept, string format) =>
        Assert.Equal(format, FormatChoice.Of(accept is null ? [] : MediaTypeHeaderValue.ParseList([accept])).ToString());
}
