using ModelMesh.Registry.Endpoints;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

public sealed class OutlierRuleTests
{
    private static readonly EndpointRecord Well = new(100, 2, IsOut: false);
    private static readonly EndpointRecord Bad = new(20, 10, IsOut: false);
    private static readonly EndpointRecord Out = new(0, 0, IsOut: true);

    [Fact]
    public void Ejects_OneFailsFarMoreThanTheOthers_Yes() => Assert.True(Ejects(Bad, Well, Well));

    [Fact]
    public void Ejects_TheOthersFailAsMuch_No() => Assert.False(Ejects(Bad, Bad, Bad));

    [Fact]
    public void Ejects_TooFewCallsToJudgeBy_No()
    {
        Assert.False(Ejects(new EndpointRecord(9, 9, false), Well, Well));
        Assert.False(Ejects(Bad, new EndpointRecord(4, 0, false), new EndpointRecord(5, 0, false)));
    }

    [Fact]
    public void Ejects_AFewFailures_No() => Assert.False(Ejects(new EndpointRecord(100, 29, false), new EndpointRecord(100, 0, false)));

    [Fact]
    public void Ejects_HalfOfThemAreOut_NoMore()
    {
        Assert.True(Ejects(Bad, Well));
        Assert.False(Ejects(Bad, Well, Out));
        Assert.True(Ejects(Bad, Well, Well, Out));
        Assert.False(Ejects(Bad, Well, Out, Out));
    }

    [Fact]
    public void Ejects_TheOnlyOneOrOneThatIsOut_No()
    {
        Assert.False(Ejects(Bad));
        Assert.False(Ejects(Bad with { IsOut = true }, Well, Well, Well));
    }

    private static bool Ejects(params EndpointRecord[] endpoints) => OutlierRule.Ejects(endpoints, 0);
}
