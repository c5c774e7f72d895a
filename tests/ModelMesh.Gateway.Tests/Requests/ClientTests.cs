using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Requests;

/// <summary>What registries are told of whose request it is.</summary>
public sealed class ClientTests
{
    private static readonly Caller Shop = new() { Name = "shop", KeySha256 = CallTraits.Sha256Of("secret") };

    [Theory]
    [InlineData("/infer", """{"model":"chat","input":"hi"}""")]
    [InlineData("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/embed", """{"model":"chat","input":"hi"}""")]
    public async Task Client_OfARequest_IsToldToTheRegistry(string path, string body)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = _ => new EmbedResponse { Accepted = new Accepted(), Embeddings = { new Embedding { Values = { 1f } } } };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()).With(Shop), [], registry);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-api-key", "secret");
        request.Headers.UserAgent.ParseAdd("OpenAI/Python");

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var client = registry.Calls.FirstOrDefault()?.Request.Client ?? registry.EmbedCalls.Single().Client;
        Assert.Equal(("127.0.0.1", "OpenAI/Python", "shop"), (client.Address, client.UserAgent, client.Caller));
        Assert.StartsWith($"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-", client.Gateway, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.7, 10.0.0.1", true, "203.0.113.7")]
    [InlineData(" 203.0.113.7:4711", true, "203.0.113.7")]
    [InlineData("[2001:db8::1]:4711", true, "2001:db8::1")]
    [InlineData("::ffff:203.0.113.7", true, "203.0.113.7")]
    [InlineData("203.0.113.7", false, "10.1.2.3")]
    [InlineData("unknown", true, "10.1.2.3")]
    [InlineData("", true, "10.1.2.3")]
    [InlineData(null, true, "10.1.2.3")]
    public void Address_IsWhatATrustedProxySays_OrTheOtherEndOfTheConnection(string? forwarded, bool trusted, string address)
    {
        var headers = new HeaderDictionary { ["X-Forwarded-For"] = forwarded };

        Assert.Equal(address, CallClient.Of(headers, IPAddress.Parse("::ffff:10.1.2.3"), trusted, "gateway").Address);
    }

    [Theory]
    [InlineData(120, "", 120)]
    [InlineData(500, "", 120)]
    [InlineData(119, "🚀", 119)]
    public void UserAgent_ThatIsLong_IsCutBetweenCharacters(int plain, string then, int length) =>
        Assert.Equal(new string('x', length), CallClient.Of(new HeaderDictionary { ["User-Agent"] = new string('x', plain) + then }, null, trustHeaders: true, "gateway").UserAgent);
}
