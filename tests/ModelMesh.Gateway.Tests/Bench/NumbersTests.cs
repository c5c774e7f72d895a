using ModelMesh.Bench.Compare.Report;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.00001, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(0.8449, "0.845")]
    [InlineData(9.996, "10.0")]
    [InlineData(12.345, "12.3")]
    [InlineData(1234567.8, "1,234,568")]
    [InlineData(-0.25, "−0.250")]
    public void Figure_OfAnySize_HasThreeDigitsThatCount(double value, string text) => Assert.Equal(text, Numbers.Figure(value));

    [Theory]
    [InlineData(0.97, "0.97")]
    [InlineData(1.306, "1.31")]
    [InlineData(1000, "1,000")]
    [InlineData(0.0123, "0.0123")]
    public void Ratio_NearOne_HasTwoDecimals(double value, string text) => Assert.Equal(text, Numbers.Ratio(value));
}
