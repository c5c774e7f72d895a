using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.RateLimits;

namespace ModelMesh.Gateway.Tests.RateLimits;

public sealed class TokenMeterTests
{
    [Theory]
    [InlineData("""{"model":"m","input":"12345678"}""", 2, 0)]
    [InlineData("""{"model":"m","input":"123456789","max_tokens":100}""", 3, 100)]
    [InlineData("""{"model":"m","input":"1","max_tokens":100,"n":3}""", 1, 300)]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"1234"},{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]}""", 1, 0)]
    [InlineData("""{"model":"m","input":"1234","tools":[{"type":"function","function":{"name":"look","description":"ab","parameters":{}}}]}""", 3, 0)]
    public void Estimate_OfARequest_IsAQuarterOfItsCharactersAndWhatTheAnswerMayBe(string body, long input, long output) =>
        Assert.Equal(new TokenEstimate(input, output), TokenEstimate.Of(InferBody.Parse(System.Text.Encoding.UTF8.GetBytes(body))));

    [Fact]
    public void Estimate_OfTexts_IsAQuarterOfTheirCharacters() =>
        Assert.Equal(new TokenEstimate(3, 0), TokenEstimate.Of(new EmbeddingInputs { Model = "m", Inputs = ["12345", "6789"] }));

    [Theory]
    [InlineData(7, 5, 12, false, 12)]
    [InlineData(7, 5, 0, false, 12)]
    [InlineData(0, 5, 5, true, 15)]
    [InlineData(0, 2, 2, true, 13)]
    public void Used_WhenComplete_IsWhatTheBackendCountedAndOtherwiseTheEstimateAndThePieces(long input, long output, long total, bool estimated, long used)
    {
        var meter = new TokenMeter(estimatedInput: 10);
        meter.Count(new InferEvent { Deltas = new Deltas { Items = { new Delta(), new Delta(), new Delta() } } });
        meter.Count(new InferEvent { Completed = new Completed { Usage = new Usage { InputTokens = input, OutputTokens = output, TotalTokens = total, Estimated = estimated } } });
        Assert.Equal(used, meter.Used);
    }

    [Fact]
    public void Used_OfAnAnswerThatWasCut_IsTheEstimateAndWhatCame()
    {
        var meter = new TokenMeter(estimatedInput: 10);
        meter.Count(new InferEvent { Deltas = new Deltas { Items = { new Delta(), new Delta() } } });
        Assert.Equal(12, meter.Used);
    }
}
