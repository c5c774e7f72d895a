namespace ModelMesh.Registry.Instances;

/// <summary>Turns the address a server is bound to into one that others can use.</summary>
internal static class AdvertisedAddress
{
    /// <param name="bound">As the server reports it, e.g. <c>http://[::]:9090</c> when it listens everywhere.</param>
    /// <param name="host">What an operator configured, or null.</param>
    /// <param name="machine">This machine's name, for a server that listens everywhere.</param>
    public static string From(string bound, string? host, string machine)
    {
        var uri = new Uri(bound.Replace("//+:", "//[::]:", StringComparison.Ordinal).Replace("//*:", "//[::]:", StringComparison.Ordinal));
        var shown = host ?? (uri.Host is "[::]" or "0.0.0.0" ? machine : uri.Host);
        return $"{uri.Scheme}://{(Uri.CheckHostName(shown) == UriHostNameType.IPv6 && shown[0] != '[' ? $"[{shown}]" : shown)}:{uri.Port}";
    }
}
