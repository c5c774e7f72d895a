using System.Security.Authentication;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using ModelMesh.Testing.Store;
using StackExchange.Redis;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

public sealed class RespTlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StoreCertificate _certificate = new();
    private readonly int _tlsPort = LoopbackPort.Free();

    // The older client library does not look for revocation, and refuses a connection string that says so; nobody could ask whether this certificate is revoked.
    private string Secure => $"127.0.0.1:{_tlsPort},ssl=true{(typeof(ConfigurationOptions).GetProperty("CheckCertificateRevocation") is null ? "" : ",checkCertificateRevocation=false")}";

    public void Dispose() => _certificate.Dispose();

    [Theory, OnRedisWithTls]
    public async Task Open_CertificateThatIsNotTrusted_IsRefusedAndSaysWhy(StoreKind kind)
    {
        await using var server = await StartAsync(kind);

        var failure = await Assert.ThrowsAsync<IOException>(() => OpenAsync($"{Secure},sslHost={StoreCertificate.Host}"));

        Assert.True(StoreErrors.IsAway(failure));
        Assert.IsType<AuthenticationException>(failure.InnerException);
        Assert.Contains("certificate", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("RemoteCertificateNameMismatch", failure.Message, StringComparison.Ordinal);
    }

    [Theory, OnRedisWithTls]
    public async Task Open_CertificateOfAnotherHost_IsRefusedForItsName(StoreKind kind)
    {
        await using var server = await StartAsync(kind);

        foreach (var host in (string[])["", ",sslHost=other.test"])
        {
            var failure = await Assert.ThrowsAsync<IOException>(() => OpenAsync(Secure + host));
            Assert.Contains("RemoteCertificateNameMismatch", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory, OnRedisWithTls]
    public async Task Open_OneSideSpeaksTlsAndTheOtherDoesNot_FailsLikeAStoreThatIsAway(StoreKind kind)
    {
        await using var server = await StartAsync(kind);

        // To a store without TLS a greeting may be a command that is not complete yet: it waits for the rest.
        Assert.True(StoreErrors.IsAway(await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync($"{server.ConnectionString},ssl=true", TimeSpan.FromMilliseconds(500)))));
        Assert.True(StoreErrors.IsAway(await Assert.ThrowsAnyAsync<IOException>(() => OpenAsync($"127.0.0.1:{_tlsPort}"))));
    }

    // What a process trusts is settled when it starts, so it takes one of its own.
    [Theory, OnRedisWithTls]
    public async Task Registry_StoreWithATrustedCertificate_ReachesItWithBothConnections(StoreKind kind)
    {
        await using var server = await StartAsync(kind);
        using var admin = await OpenAsync(server.ConnectionString);

        await using var registry = RegistryProcess.Start(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SSL_CERT_FILE"] = _certificate.CertificateFile,
            ["ConnectionStrings__redis"] = $"{Secure},sslHost={StoreCertificate.Host}",
        });

        await Eventually.HoldsAsync(
            async () => (await ConnectedClients.AskAsync(admin)) is { Commands: 2, Subscriptions: 1 } || registry.ThrowIfExited(),
            Patience,
            "the registry has its connections");
    }

    private static Task<RespConnection> OpenAsync(string connectionString, TimeSpan? limit = null) =>
        RespHandshake.OpenAsync(RespSettings.Choose(connectionString, [])!, limit ?? Patience, TimeProvider.System, CancellationToken.None);

    private Task<StoreServer> StartAsync(StoreKind kind) => StoreServer.StartAsync(kind, _certificate.Arguments(_tlsPort));
}
