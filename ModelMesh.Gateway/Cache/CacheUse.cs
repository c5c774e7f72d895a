namespace ModelMesh.Gateway.Cache;

/// <summary>What kept answers have to do with a request.</summary>
internal enum CacheUse
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They were asked for, but the request may be answered otherwise each time.</summary>
    Unkept,

    /// <summary>One is looked up, or made and kept.</summary>
    Look,

    /// <summary>One is made anew and kept.</summary>
    Refresh,
}
