using ModelMesh.ServiceDefaults.Prometheus;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class MetricsOptionsTests
{
    [Fact]
    public void Validate_SeveralFaults_AllAreListed()
    {
        var result = new MetricsOptionsValidator().Validate(null, new MetricsOptions { MaxSeries = 9, IdleAfter = TimeSpan.Zero });

        Assert.Equal(["Metrics:MaxSeries must be from 10 to 100000", "Metrics:IdleAfter must be from 00:01:00 to 30.00:00:00"], result.Failures);
    }

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(new MetricsOptionsValidator().Validate(null, new MetricsOptions()).Succeeded);

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             92445                92445                processes ", null)]
    public void SoftLimit_OfALineOfLimits_IsTheFirstNumber(string line, long? limit) => Assert.Equal(limit, ProcessFiles.SoftLimit(["Limit  Soft Limit  Hard Limit  Units", line]));
}
