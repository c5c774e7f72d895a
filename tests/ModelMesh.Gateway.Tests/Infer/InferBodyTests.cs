using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Infer.Body;

namespace ModelMesh.Gateway.Tests.Infer;

public sealed class InferBodyTests
{
    // The body, and the fields of all its faults; an empty field is the body as a whole.
    public static TheoryData<string, string> BadBodies => new()
    {
        { "{}", "" },
        { """{"version":"v1","input":"a"}""", "version" },
        { """{"model":"","version":"v1","input":"a"}""", "version" },
        { """{"model":7,"input":"a"}""", "model" },
        { """{"model":7,"version":"v1","input":"a"}""", "model" },
        { """{"input":"a","capabilities":"tools","user_tier":1,"metadata":[]}""", "capabilities | user_tier | metadata" },
        { """{"input":"a","capabilities":["tools",""],"metadata":{"a":1,"a":2}}""", "capabilities | metadata.a" },
        { """{"model":"m"}""", "" },
        { """{"model":"m","input":"a","messages":[{"role":"user","content":"b"}]}""", "" },
        { """{"model":"m","input":["a"]}""", "input" },
        { """{"model":"m","messages":[]}""", "messages" },
        { """{"model":"m","messages":"a"}""", "messages" },
        {
            """{"model":"m","messages":[1,{"role":"king","content":"a"},{"role":"user"},{"role":"user","content":[]},{"role":"user","content":"a","tool":1}]}""",
            "messages[0] | messages[1].role | messages[2].content | messages[3].content | messages[4].tool"
        },
        { """{"model":"m","input":"a","temperature":2.1}""", "temperature" },
        { """{"model":"m","input":"a","temperature":-0.1}""", "temperature" },
        { """{"model":"m","input":"a","temperature":"1"}""", "temperature" },
        { """{"model":"m","input":"a","temperature":1e999}""", "temperature" },
        { """{"model":"m","input":"a","top_p":1.1}""", "top_p" },
        { """{"model":"m","input":"a","top_k":-1}""", "top_k" },
        { """{"model":"m","input":"a","max_tokens":0}""", "max_tokens" },
        { """{"model":"m","input":"a","max_tokens":1.5}""", "max_tokens" },
        { """{"model":"m","input":"a","max_tokens":3000000000}""", "max_tokens" },
        { """{"model":"m","input":"a","seed":"x"}""", "seed" },
        { """{"model":"m","input":"a","presence_penalty":-2.1,"frequency_penalty":2.1}""", "presence_penalty | frequency_penalty" },
        { """{"model":"m","input":"a","stop":1}""", "stop" },
        { """{"model":"m","input":"a","stop":[""]}""", "stop" },
        { """{"model":"m","input":"a","stop":["a",1]}""", "stop" },
        { """{"model":"m","input":"a","stop":["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17"]}""", "stop" },
        { """{"model":"m","input":"a","hash_key":1}""", "hash_key" },
        { """{"model":"m","input":"a","extra":[]}""", "extra" },
        { """{"model":"m","input":"a","version":1}""", "version" },
        { """{"model":"m","input":"a","no_such":1,"nor_this":2}""", "no_such | nor_this" },
        { """{"model":"m","input":"a","model":"n"}""", "model" },
        { """{"model":"m","input":"a\ud800"}""", "input" },
        { """{"model":"m","input":"a","\ud800":1}""", "" },
        { """{"model":"m","temperature":3,"input":5,"what":1,"stop":{}}""", "input | temperature | stop | what" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public void Parse_BadBody_NamesEveryFault(string body, string fields)
    {
        var exception = Assert.Throws<MeshException>(() => InferBody.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(ErrorCode.InvalidRequest, exception.Code);
        Assert.Equal(fields, string.Join(" | ", exception.Details.Select(detail => detail.Field)));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("{\"model\":\"m\",\n \"input\":}", "line 2, column 10: a value is expected")]
    [InlineData("{\"model\":\"m\"", "not valid JSON")]
    [InlineData("{\"model\":\"m\"} x", "not valid JSON")]
    [InlineData("[]", "must be a JSON object, not an array")]
    [InlineData("null", "must be a JSON object, not null")]
    [InlineData("\"text\"", "must be a JSON object, not a string")]
    public void Parse_BodyThatIsNoObject_SaysWhatIsWrong(string body, string message)
    {
        var exception = Assert.Throws<MeshException>(() => InferBody.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RequiredFieldThatIsNull_IsRequired()
    {
        var exception = Assert.Throws<MeshException>(() => InferBody.Parse("""{"messages":[{"role":null,"content":null}]}"""u8.ToArray()));

        Assert.Equal(["messages[0].role", "messages[0].content"], exception.Details.Select(detail => detail.Field));
        Assert.All(exception.Details, detail => Assert.Equal("is required", detail.Message));
    }

    [Fact]
    public void Parse_InvalidUtf8_SaysWhere()
    {
        byte[] body = [.. "{\"model\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        var exception = Assert.Throws<MeshException>(() => InferBody.Parse(body));

        Assert.Contains("model: is not valid UTF-8 at line 1, column 11", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NestedTooDeep_IsRefused()
    {
        var body = "{\"model\":\"m\",\"input\":\"a\",\"extra\":{\"x\":" + new string('[', 100) + new string(']', 100) + "}}";

        var exception = Assert.Throws<MeshException>(() => InferBody.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.EndsWith("it is nested deeper than 64 levels", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("extra.x[0][0]", Assert.Single(exception.Details).Field, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MoreFaultsThanAnybodyReads_AreCountedNotListed()
    {
        var body = "{\"model\":\"m\",\"input\":\"a\"," + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"f{i}\":1")) + "}";

        var exception = Assert.Throws<MeshException>(() => InferBody.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(65, exception.Details.Count);
        Assert.Equal("936 more faults", exception.Details[^1].Message);
    }

    [Fact]
    public void Parse_NullsAndEmptyVersion_CountAsAbsent()
    {
        var request = InferBody.Parse("""{"model":"m","input":"a","version":"","temperature":null,"messages":null,"stop":null,"hash_key":null}"""u8.ToArray());

        Assert.Null(request.Version);
        Assert.Null(request.HashKey);
        Assert.False(request.Options.HasTemperature);
        Assert.Equal("a", Assert.Single(request.Messages).Content);
    }

    [Fact]
    public void Parse_LongestNameThatCanBeRegistered_IsTakenWhateverItsCharactersAre()
    {
        var longest = string.Concat(Enumerable.Repeat("🦙", 200));

        var request = InferBody.Parse(Encoding.UTF8.GetBytes($$"""{"model":"{{longest}}","input":"a"}"""));
        var refused = Assert.Throws<MeshException>(() => InferBody.Parse(Encoding.UTF8.GetBytes($$"""{"model":"{{longest}}z","input":"a"}""")));

        Assert.Equal(longest, request.Model);
        Assert.Equal("must have at most 200 characters", Assert.Single(refused.Details).Message);
    }
}
