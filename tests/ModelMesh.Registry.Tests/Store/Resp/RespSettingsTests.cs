using System.Net;
using ModelMesh.ServiceDefaults.Store.Resp;
using StackExchange.Redis;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

public sealed class RespSettingsTests
{
    [Fact]
    public void Choose_AddressAlone_IsAPlainConnectionToIt() => Assert.Equal(
        new RespSettings(IPEndPoint.Parse("127.0.0.1:6390"), null, null, null, 0, "modelmesh", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)),
        RespSettings.Choose("127.0.0.1:6390", []) is { } settings ? settings with { ConnectTimeout = TimeSpan.FromSeconds(5), ChecksRevocation = false } : null);

    [Fact]
    public void Choose_EverythingThatIsKnown_IsTaken()
    {
        var settings = RespSettings.Choose("redis.internal, Password=a=b,ssl=true,sslHost=cert.internal,defaultDatabase=3,name=me,connectTimeout=700,keepAlive=20,abortConnect=false,allowAdmin=true", ["PATH"]);

        Assert.NotNull(settings);
        Assert.Equal(new DnsEndPoint("redis.internal", 6380), settings.Address);
        Assert.Equal(("cert.internal", "a=b", 3, "me"), (settings.TlsHost, settings.Password, settings.Database, settings.ClientName));
        Assert.Equal((TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(20)), (settings.ConnectTimeout, settings.KeepAlive));
    }

    [Fact]
    public void Choose_HostWithoutPort_IsTheUsualOneAndNamesTheCertificate()
    {
        Assert.Equal(new DnsEndPoint("redis.internal", 6379), RespSettings.Choose("redis.internal", [])?.Address);
        Assert.Equal("redis.internal", RespSettings.Choose("redis.internal:7000,ssl=true", [])?.TlsHost);
        Assert.Null(RespSettings.Choose("redis.internal:7000,ssl=false", [])?.TlsHost);
    }

    [Theory]
    [InlineData("one:6379,two:6379")]
    [InlineData("one:6379,proxy=twemproxy")]
    [InlineData("one:6379,proxy=none")]
    [InlineData("one:6379,$EVALSHA=RUN")]
    [InlineData("one:6379,serviceName=mesh")]
    public void Choose_WhatOnlyTheClientLibraryCanDo_IsLeftToIt(string connectionString) => Assert.Null(RespSettings.Choose(connectionString, []));

    [Fact]
    public void Choose_CertificateFromTheEnvironment_IsLeftToTheClientLibrary()
    {
        Assert.Null(RespSettings.Choose("one:6379,ssl=true", ["PATH", "SERedis_ClientCertPfxPath"]));
        Assert.NotNull(RespSettings.Choose("one:6379", ["SERedis_ClientCertPfxPath"]));
    }

    [Fact]
    public void Choose_UserName_IsReadWhereTheClientLibraryKnowsOne()
    {
        var knowsOne = typeof(ConfigurationOptions).GetProperty("User") is not null;

        if (knowsOne)
        {
            Assert.Equal("mesh", RespSettings.Choose("one:6379,user=mesh,password=secret", [])?.User);
        }
        else
        {
            Assert.Throws<ArgumentException>(() => RespSettings.Choose("one:6379,user=mesh,password=secret", []));
        }
    }
}
