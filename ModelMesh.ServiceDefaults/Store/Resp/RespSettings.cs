using System.Net;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>What a connection of our own needs to know of a connection string.</summary>
/// <param name="TlsHost">Whom the server's certificate has to name; null for no TLS.</param>
/// <param name="ConnectTimeout">How long a connection may take until it can be used.</param>
/// <param name="KeepAlive">How often a connection that is not used is to show that it is.</param>
internal sealed record RespSettings(EndPoint Address, string? TlsHost, string? User, string? Password, int Database, string ClientName, TimeSpan ConnectTimeout, TimeSpan KeepAlive)
{
    private const int Port = 6379;
    private const int TlsPort = 6380;
    private static readonly TimeSpan UsualKeepAlive = TimeSpan.FromMinutes(1);

    // Those that are obeyed here, and those that say nothing about one plain connection.
    private static readonly HashSet<string> KnownOptions = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "user", "ssl", "sslHost", "checkCertificateRevocation", "defaultDatabase", "name", "connectTimeout", "keepAlive",
        "abortConnect", "allowAdmin", "asyncTimeout", "channelPrefix", "configChannel", "configCheckSeconds", "connectRetry", "highPriorityThreads", "preserveAsyncOrder",
        "resolveDns", "responseTimeout", "syncTimeout", "tiebreaker", "version", "writeBuffer",
    };

    public bool ChecksRevocation { get; init; }

    /// <summary>The settings, or null where only the client library can do what the connection string asks for: several addresses, a sentinel, a proxy, renamed commands, whatever is new.</summary>
    /// <param name="environment">The names of environment variables: the client library takes certificates from some.</param>
    public static RespSettings? Choose(string connectionString, IEnumerable<string> environment)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        var asked = connectionString.Split(',').Where(part => part.Contains('=', StringComparison.Ordinal)).Select(part => part[..part.IndexOf('=', StringComparison.Ordinal)].Trim());
        return options.EndPoints is [DnsEndPoint or IPEndPoint] && asked.All(KnownOptions.Contains) && !(options.Ssl && environment.Any(IsTheClientLibrarys))
            ? Read(options)
            : null;
    }

    private static RespSettings Read(ConfigurationOptions options)
    {
        var address = WithPort(options.EndPoints[0], options.Ssl ? TlsPort : Port);
        var host = address is DnsEndPoint named ? named.Host : ((IPEndPoint)address).Address.ToString();
        return new RespSettings(
            address,
            options.Ssl ? options.SslHost ?? host : null,
            Newer<string?>(options, "User"),
            options.Password,
            options.DefaultDatabase ?? 0,
            options.ClientName ?? "modelmesh",
            TimeSpan.FromMilliseconds(options.ConnectTimeout),
            options.KeepAlive > 0 ? TimeSpan.FromSeconds(options.KeepAlive) : UsualKeepAlive)
        {
            ChecksRevocation = Newer<bool>(options, "CheckCertificateRevocation"),
        };
    }

    // The older of the two versions that this is built with does not have it, and refuses a connection string that does.
    private static T? Newer<T>(ConfigurationOptions options, string property) => (T?)(typeof(ConfigurationOptions).GetProperty(property)?.GetValue(options) ?? default(T));

    private static EndPoint WithPort(EndPoint address, int port) => address switch
    {
        DnsEndPoint { Port: 0 } named => new DnsEndPoint(named.Host, port),
        IPEndPoint { Port: 0 } numbered => new IPEndPoint(numbered.Address, port),
        _ => address,
    };

    private static bool IsTheClientLibrarys(string variable) => variable.StartsWith("SERedis_", StringComparison.OrdinalIgnoreCase);
}
