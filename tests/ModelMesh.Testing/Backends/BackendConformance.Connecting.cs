using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>Upstreams that cannot be reached, and connections that break before an answer.</content>
public abstract partial class BackendConformance
{
    [Fact]
    public async Task Connect_Refused_IsUnavailable()
    {
        using var port = new ClosedPort();

        await FailsAsync(Create(port.Address), BackendErrorKind.Unavailable);
    }

    [Fact]
    public async Task Connect_NameUnknown_IsUnavailable() => await FailsAsync(Create(new Uri("http://nobody.invalid")), BackendErrorKind.Unavailable);

    [Fact]
    public async Task Connect_CertificateUntrusted_IsUnavailableAndNothingIsSent()
    {
        var upstream = Upstream(Streaming(Dialect.Ending()), UpstreamSecurity.SelfSigned);

        await FailsAsync(Create(upstream.Address), BackendErrorKind.Unavailable);

        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Connect_PlainTextOnATlsPort_IsUnavailable()
    {
        var upstream = Own(ScriptedUpstream.Running(
            connection => connection.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), UpstreamSecurity.PlainBehindHttps));

        await FailsAsync(Create(upstream.Address), BackendErrorKind.Unavailable);
    }

    [Fact]
    public async Task Connect_FailedInDifferentWays_SaysWhich()
    {
        using var port = new ClosedPort();
        var untrusted = Upstream(Streaming(Dialect.Ending()), UpstreamSecurity.SelfSigned);

        var refused = await FailsAsync(Create(port.Address), BackendErrorKind.Unavailable);
        var unknown = await FailsAsync(Create(new Uri("http://nobody.invalid")), BackendErrorKind.Unavailable);
        var insecure = await FailsAsync(Create(untrusted.Address), BackendErrorKind.Unavailable);

        string[] messages =
        [
            refused.Message.Replace($"{port.Address.Authority}", "HOST", StringComparison.Ordinal),
            unknown.Message.Replace("nobody.invalid:80", "HOST", StringComparison.Ordinal).Replace("nobody.invalid", "HOST", StringComparison.Ordinal),
            insecure.Message.Replace($"{untrusted.Address.Authority}", "HOST", StringComparison.Ordinal),
        ];
        Assert.Equal(3, messages.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_BrokenBeforeTheAnswer_FailsAsUnavailableOrProtocol(bool reset)
    {
        var backend = Create(exchange =>
        {
            if (reset)
            {
                exchange.Connection.Reset();
            }
            else
            {
                exchange.Connection.Close();
            }

            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<BackendException>(() => ChatAsync(backend));

        Assert.Contains(failure.Kind, new[] { BackendErrorKind.Unavailable, BackendErrorKind.Protocol });
    }

    [Fact]
    public async Task Answer_NotHttp_FailsAsProtocol()
    {
        var upstream = Own(ScriptedUpstream.Running(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("SSH-2.0-OpenSSH_9.9\r\n\r\n");
            connection.Close();
        }));

        await FailsAsync(Create(upstream.Address), BackendErrorKind.Protocol);
    }

    [LongFact]
    public async Task Connect_PendingForLong_IsUnavailable()
    {
        await using var upstream = await FullUpstream.StartAsync();

        await FailsAsync(Create(upstream.Address), BackendErrorKind.Unavailable);
    }
}
