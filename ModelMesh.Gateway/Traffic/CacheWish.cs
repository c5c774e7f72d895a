namespace ModelMesh.Gateway.Traffic;

/// <summary>What a request says about kept answers.</summary>
internal enum CacheWish
{
    /// <summary>As the model has it.</summary>
    Default,
    On,
    Off,

    /// <summary>The answer is made anew, and kept.</summary>
    Refresh,
}
