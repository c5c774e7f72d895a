using System.Net;
using System.Net.Sockets;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>Who a connection is to the store, and what an operator is told when the store does not want it.</summary>
public sealed class RespGreetingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, OnRedis]
    public async Task Open_UserOfTheStore_IsSignedInAsThatUser(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind, "--user", "default", "on", "nopass", "~*", "&*", "+@all", "--user", "mesh", "on", ">secret", "~*", "&*", "+ping", "+acl|whoami");

        using var connection = await OpenAsync(server.Port, settings => settings with { User = "mesh", Password = "secret" });

        // Without the right to name itself, which is only for operators.
        Assert.Equal("mesh", (await connection.CallAsync(new WordsCommand("ACL", "WHOAMI"))).Text);
    }

    [Theory, OnRedis]
    public async Task Open_UserThatTheStoreDoesNotAccept_IsRefusedAlsoWhereNobodyHasToSignIn(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind, "--user", "default", "on", "nopass", "~*", "&*", "+@all", "--user", "mesh", "on", ">secret", "~*", "&*", "+@all");

        foreach (var (user, password) in new[] { ("mesh", "other"), ("nobody", "secret") })
        {
            var failure = await Assert.ThrowsAsync<StoreRefusedException>(() => OpenAsync(server.Port, settings => settings with { User = user, Password = password }));
            Assert.StartsWith("WRONGPASS", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Open_StoreThatTakesNoMoreConnections_IsRefusedInItsWords()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var opening = OpenAsync(((IPEndPoint)listener.LocalEndpoint).Port, settings => settings);
        using (var client = await listener.AcceptTcpClientAsync())
        {
            // All of it: what is left unread would reset the connection, and the answer with it.
            var (reader, heard, bytes) = (new CommandReader(), new List<string>(), new byte[1024]);
            while (!heard.Contains("PING", StringComparer.Ordinal))
            {
                heard.AddRange(reader.Read(bytes.AsSpan(0, await client.GetStream().ReadAtLeastAsync(bytes, 1))).Select(command => command[0]));
            }

            await client.GetStream().WriteAsync("-ERR max number of clients reached\r\n"u8.ToArray());
        }

        Assert.Equal("ERR max number of clients reached", (await Assert.ThrowsAsync<StoreRefusedException>(() => opening)).Message);
    }

    private static Task<RespConnection> OpenAsync(int port, Func<RespSettings, RespSettings> change) =>
        RespHandshake.OpenAsync(change(RespSettings.Choose(new IPEndPoint(IPAddress.Loopback, port).ToString(), [])!), Patience, TimeProvider.System, CancellationToken.None);
}
