using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>Upstreams that say the key back.</content>
public abstract partial class BackendConformance
{
    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Key_EchoedInAnErrorsBodyAndHeaders_IsInNoMessageAndNoLog(int status)
    {
        var body = Dialect.Error($"Bearer {ApiKey} is wrong", ApiKey);
        var backend = Create(exchange => exchange.AnswerAsync(status, body, "application/json", $"X-Echo: {ApiKey}", $"Location: /{ApiKey}", $"WWW-Authenticate: Bearer realm=\"{ApiKey}\""));

        AssertSecret(await Assert.ThrowsAsync<BackendException>(() => ChatAsync(backend)));
    }

    [Fact]
    public async Task Key_EchoedAsPlainText_IsInNoMessageAndNoLog() =>
        AssertSecret(await Assert.ThrowsAsync<BackendException>(() => ChatAsync(Create(exchange => exchange.AnswerAsync(400, $"key {ApiKey} is wrong", "text/plain")))));

    [Fact]
    public async Task Key_EchoedInAStream_IsInNoMessageAndNoLog()
    {
        string[] payloads = [Dialect.Error($"key {ApiKey} is wrong"), $"{{\"{ApiKey}", $"{{\"error\":{{\"message\":\"{ApiKey}\",\"code\":400,\"type\":\"{ApiKey}\"}}}}"];
        foreach (var payload in payloads)
        {
            AssertSecret(await Assert.ThrowsAsync<BackendException>(() => ChatAsync(Create(Streaming(Dialect.Text("Hello"), payload)))));
        }
    }

    [Fact]
    public async Task Key_EchoedAsTheStatusLine_IsInNoMessageAndNoLog()
    {
        var backend = Create(async exchange =>
        {
            await exchange.Connection.WriteAsync($"HTTP/1.1 500 {ApiKey}\r\nContent-Length: 0\r\n\r\n");
            await exchange.Connection.ClientClosed;
        });

        AssertSecret(await Assert.ThrowsAsync<BackendException>(() => ChatAsync(backend)));
    }

    private static void AssertSecret(BackendException failure) => Assert.DoesNotContain(ApiKey, failure.ToString(), StringComparison.Ordinal);
}
