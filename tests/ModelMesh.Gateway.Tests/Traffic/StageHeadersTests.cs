using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Traffic;

public sealed class StageHeadersTests
{
    [Fact]
    public void ResponseThatStarts_WhileAStageIsAtThem_GetsThoseThatWereThere()
    {
        var headers = new StageHeaders { ["x-first"] = "1", ["x-second"] = "2" };
        List<string> sent = [];

        foreach (var (name, value) in headers)
        {
            headers["x-third"] = "3";
            headers.Remove("x-second");
            sent.Add($"{name}={value}");
        }

        Assert.Equal(["x-first=1", "x-second=2"], sent.Order());
        Assert.Equal(["x-first=1", "x-third=3"], headers.Select(header => $"{header.Key}={header.Value}").Order());
    }

    [Fact]
    public async Task HeadersOfManyStagesAtOnce_AreAllThere()
    {
        var headers = new StageHeaders();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(stage => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                headers[$"x-{stage}-{i}"] = "told";
                Assert.Contains(headers, header => header.Value == "told");
            }
        })));

        Assert.Equal(8 * 500, headers.Count());
        Assert.Equal("told", headers["X-7-499"].ToString());
    }
}
