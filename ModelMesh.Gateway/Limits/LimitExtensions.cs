using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Gateway.Limits;

internal static class LimitExtensions
{
    // The server adds to a write's patience what its bytes take at the rate it is given, and carries over what was not needed: at a low rate a
    // stream that ran for a minute could stand still for many. At this one bytes take no time, and the patience is the option's alone.
    private const double AnyBytesPerSecond = double.MaxValue;

    // A system lets a send buffer grow to megabytes, and wakes its writer only when a third of that was taken: too long a wait for a client that
    // reads slowly, but does read. One token takes some dozen bytes of this.
    private const int SendBufferBytes = 64 * 1024;

    // The server's own clock ticks once a second.
    private static readonly TimeSpan ServerTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStall = TimeSpan.FromDays(1);

    // A registry takes messages of 64 MiB. A request is never longer there than its JSON is, but for its id and version.
    private const long LargestBody = 60 * 1024 * 1024;

    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>().BindSettings("Limits")
            .Validate(options => options.MaxBodyBytes is >= 1 and <= LargestBody, $"Limits:MaxBodyBytes must be from 1 to {LargestBody}.")
            .Validate(options => options.StalledReader > ServerTick && options.StalledReader <= LongestStall, "Limits:StalledReader must be above 1 second, and at most 1 day.")
            .ValidateOnStart();
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = endPoint =>
        {
            // The connections that it accepts inherit it.
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            socket.SendBufferSize = SendBufferBytes;
            return socket;
        });
        return builder;
    }

    /// <summary>
    /// Puts our limits in the place of the server's. The server's own body limit would cut the connection under an upload that is too large,
    /// and the client would see a reset instead of the error; without it the server reads what is left of the body, for some seconds, after the answer.
    /// </summary>
    public static void ApplyTo(this LimitOptions limits, HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = new MinDataRate(AnyBytesPerSecond, limits.StalledReader);
    }
}
