using ModelMesh.Registry.Ui.Models;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

public sealed class SparklineTests
{
    [Theory]
    [InlineData(new double[0], "")]
    [InlineData(new[] { double.NaN, double.NaN }, "")]
    [InlineData(new[] { 1, 2.55, 3 }, "M0 1L1 2.6L2 3")]
    [InlineData(new[] { 1, double.NaN, double.NaN, 4, 5 }, "M0 1L0 1M3 4L4 5")]
    [InlineData(new[] { double.NaN, 7 }, "M1 7L1 7")]
    public void Path_HasAGapWhereThereIsNothingAndADotForOneAlone(double[] samples, string path) => Assert.Equal(path, Sparkline.Path(samples));

    [Fact]
    public void Height_OfNothing_IsNotZero() => Assert.Equal([1, 1, 11], new double[][] { [], [double.NaN, 0], [10, 4] }.Select(samples => Math.Round(Sparkline.Height(samples), 6)));
}
