using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
        builder.Services.AddOptions<ListenSettings>().BindSettings("Listen").ValidateOnStart();
        // Kestrel warns that these ports win over ASPNETCORE_URLS, which every launcher sets: that is what is wanted.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            ListenSettings settings;
            try
            {
                settings = kestrel.ApplicationServices.GetRequiredService<IOptions<ListenSettings>>().Value;
            }
            catch (OptionsValidationException)
            {
                // This runs as soon as the host is built. What is wrong is told a moment later, with the faults of all other options.
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
