using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Listening;

public static class ListenExtensions
{
    /// <summary>Binds the ports of section <c>Listen</c>, falling back to the service's own; addresses in <c>ASPNETCORE_URLS</c> do not count.</summary>
    public static WebApplicationBuilder AddListening(this WebApplicationBuilder builder, int defaultHttpPort, int? defaultGrpcPort = null)
    {
        builder.Services.AddSingleton<IValidateOptions<ListenSettings>, ListenSettingsValidator>();
        builder.Services.AddOptions<ListenSettings>().BindConfiguration("Listen").ValidateOnStart();
        // Kestrel warns that these ports win over ASPNETCORE_URLS, which every launcher sets: that is what is wanted.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Not as validated options: this runs as soon as the host is built, and would stop it before the faults of all options are known.
            var settings = kestrel.ApplicationServices.GetRequiredService<IConfiguration>().GetSection("Listen").Get<ListenSettings>() ?? new ListenSettings();
            if (ListenSettingsValidator.Faults(settings).Count > 0)
            {
                return;
            }

            Listen(kestrel, settings.Host, settings.Http ?? defaultHttpPort, HttpProtocols.Http1);
            if ((settings.Grpc ?? defaultGrpcPort) is { } grpcPort)
            {
                Listen(kestrel, settings.Host, grpcPort, HttpProtocols.Http2);
            }
        });
        return builder;
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, HttpProtocols protocols)
    {
        void Configure(ListenOptions listen) => listen.Protocols = protocols;

        if (host is "*")
        {
            kestrel.ListenAnyIP(port, Configure);
        }
        else if (host is "localhost" && port != 0)
        {
            kestrel.ListenLocalhost(port, Configure);
        }
        else
        {
            kestrel.Listen(host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(host), port, Configure);
        }
    }
}
