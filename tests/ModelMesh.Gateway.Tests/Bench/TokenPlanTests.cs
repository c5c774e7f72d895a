using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Upstream;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class TokenPlanTests
{
    [Fact]
    public void Plan_ReadFromItsName_IsTheSame()
    {
        var plan = new TokenPlan(400, 20, 100, 25);
        Assert.Equal(("synthetic-400x20-first100-gap25", plan), (plan.ModelName, TokenPlan.TryParse(plan.ModelName)));
    }

    [Theory]
    [InlineData("gpt-4")]
    [InlineData("synthetic-0x8-first0-gap0")]
    [InlineData("synthetic-1x7-first0-gap0")]
    [InlineData("synthetic-1x8-first0-gap0\n")]
    [InlineData("synthetic-1x8-first999999-gap0")]
    public void Name_OfNoPlan_IsNone(string name) => Assert.Null(TokenPlan.TryParse(name));

    [Theory]
    [InlineData("""{"messages":[{"model":"x","stream":false}],"stream":true,"model":"synthetic-1x8-first0-gap0"}""", true)]
    [InlineData("""{"model":"synthetic-1x8-first0-gap0"}""", false)]
    public void Body_WithAPlanForItsModel_AsksForIt(string body, bool stream) => Assert.Equal(new WantedAnswer(new TokenPlan(1), stream), Read(body));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\":")]
    [InlineData("{\"model\":7}")]
    [InlineData("{\"model\":\"gpt-4\"}")]
    public void Body_WithoutAPlan_AsksForNothing(string body) => Assert.Null(Read(body));

    [Fact]
    public void WholeAnswer_IsJsonWithAllTokensInOrder()
    {
        var answer = JsonNode.Parse(new AnswerBytes(new TokenPlan(2, 10)).Whole)!;
        Assert.Equal("0000000 xx0000001 xx", (string?)answer["choices"]![0]!["message"]!["content"]);
    }

    private static WantedAnswer? Read(string body) => WantedAnswer.TryRead(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)));
}
