using ModelMesh.Registry.Ui;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class AgeTextTests
{
    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min 0 s")]
    [InlineData(3_725, "1 h 2 min")]
    [InlineData(90_000, "1 d 1 h")]
    public void Of_AnAge_IsItsTwoLargestUnits(double seconds, string text) => Assert.Equal(text, AgeText.Of(TimeSpan.FromSeconds(seconds)));
}
