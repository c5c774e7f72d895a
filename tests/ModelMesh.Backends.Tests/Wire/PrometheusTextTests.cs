using System.Text;
using ModelMesh.Backends.Wire.Health;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("q 3", 3.0)]
    [InlineData("q{a=\"x y} 7\"} 3 1700000000", 3.0)]
    [InlineData("q{a=\"1\"} 1\nq{a=\"2\"} 2", 3.0)]
    [InlineData("q_total 3", null)]
    [InlineData("# q 3", null)]
    [InlineData("q NaN", null)]
    [InlineData("q", null)]
    public void Sum_OfAMetric_IsOfItsWholeNameOverAllLabels(string page, double? value) =>
        Assert.Equal(value, PrometheusText.Sum(PrometheusText.Read(Encoding.UTF8.GetBytes(page), _ => true), "q"));
}
