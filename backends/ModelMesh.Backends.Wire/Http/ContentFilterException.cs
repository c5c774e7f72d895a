namespace ModelMesh.Backends.Wire.Http;

/// <summary>
/// The inner exception of a failure by which an upstream refused a request for its content. A chat turns it into an answer without text that ends with the
/// finish reason <c>content_filter</c>, which is what the same refusal looks like elsewhere.
/// </summary>
public sealed class ContentFilterException : Exception
{
    internal ContentFilterException()
        : base("The upstream's content filter refused the request.")
    {
    }
}
