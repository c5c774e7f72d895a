using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ModelMesh.Gateway.Limits;

internal static class LimitExtensions
{
    private const double StalledBytesPerSecond = 240;

    // A registry takes messages of 64 MiB. A request is never longer there than its JSON is, but for its id and version.
    private const long LargestBody = 60 * 1024 * 1024;

    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>().BindConfiguration("Limits")
            .Validate(options => options.MaxBodyBytes is >= 1 and <= LargestBody, $"Limits:MaxBodyBytes must be from 1 to {LargestBody}.")
            .Validate(options => options.StalledReader >= TimeSpan.FromSeconds(1), "Limits:StalledReader must be at least 1 second.")
            .ValidateOnStart();
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

        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = new MinDataRate(StalledBytesPerSecond, limits.StalledReader);
    }
}
