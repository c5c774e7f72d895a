using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Cache;

/// <summary>
/// Whether a request may be answered by what another one was answered. Pure.
/// 1. The request says <c>off</c>, or says nothing and the model does not keep answers: no.
/// 2. Its temperature is 0 or it has a seed: yes.
/// 3. Anything else may be answered otherwise each time: no. One that asked for it is told by <c>miss</c>; it is not refused, since clients set the header once for all their requests.
/// </summary>
internal static class CacheRule
{
    /// <param name="model">That of the version that the request was routed to.</param>
    /// <param name="options">Those that the backend is given.</param>
    public static CacheUse Of(ModelCache? model, CacheWish wish, SamplingOptions options)
    {
        // 1
        if (wish == CacheWish.Off || (wish == CacheWish.Default && model is not { Enabled: true }))
        {
            return CacheUse.None;
        }

        // 2
        if (options.HasSeed || (options.HasTemperature && options.Temperature == 0))
        {
            return wish == CacheWish.Refresh ? CacheUse.Refresh : CacheUse.Look;
        }

        // 3
        return wish == CacheWish.Default ? CacheUse.None : CacheUse.Unkept;
    }
}
