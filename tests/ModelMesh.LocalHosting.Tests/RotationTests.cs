namespace ModelMesh.LocalHosting.Tests;

public sealed class RotationTests
{
    [Theory]
    [InlineData("in in in", 0, "0 1 2")]
    [InlineData("in in in", 2, "2 0 1")]
    [InlineData("in in in", 4, "1 2 0")]
    [InlineData("in out in", 0, "0 2")]
    [InlineData("in out in", 1, "2 0")]
    [InlineData("out in", 7, "1")]
    [InlineData("out out", 0, "0 1")]
    [InlineData("out out", 1, "1 0")]
    [InlineData("in in", uint.MaxValue, "1 0")]
    public void Order_OfHealthAndTurn_IsThis(string health, uint turn, string expected) =>
        Assert.Equal(expected, string.Join(' ', Rotation.Order([.. health.Split(' ').Select(word => word == "in")], turn)));

    [Fact]
    public void Set_SameAgain_IsNoChange()
    {
        var rotation = new Rotation(2);

        Assert.False(rotation.Set(0, isHealthy: true));
        Assert.True(rotation.Set(0, isHealthy: false));
        Assert.False(rotation.Set(0, isHealthy: false));
        Assert.Equal([1], rotation.Order(0));
        Assert.True(rotation.Set(0, isHealthy: true));
    }
}
