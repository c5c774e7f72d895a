using System.Text;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class WholeAnswerFailoverTests
{
    [Theory]
    [InlineData("/v1/chat/completions", "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")]
    [InlineData("/v1/batch_infer", "[{\"model\":\"chat\",\"input\":\"hi\"}]")]
    public async Task CutInItsMidst_MovesToAnotherInstanceSinceTheClientHasSeenNothing(string path, string body)
    {
        await using var bad = await FakeRegistry.StartAsync("bad");
        await using var good = await FakeRegistry.StartAsync("good");
        bad.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("half an answer ");
            bad.CutConnections();
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(bad, good);

        for (var i = 0; i < 4; i++)
        {
            using var response = await gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            var answer = await response.Content.ReadAsStringAsync();
            Assert.Contains("Hello world", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("half", answer, StringComparison.Ordinal);
        }

        Assert.NotEmpty(bad.Calls);
    }
}
