namespace ModelMesh.Gateway.Traffic;

/// <summary>Headers that stages put on an answer. They are sent with an error as well, which clears the response's own.</summary>
internal static class StageHeaders
{
    public static IHeaderDictionary On(HttpResponse response)
    {
        var headers = new HeaderDictionary();
        response.OnStarting(static state =>
        {
            var (response, headers) = ((HttpResponse, HeaderDictionary))state;
            foreach (var (name, value) in headers)
            {
                response.Headers[name] = value;
            }

            return Task.CompletedTask;
        }, (response, headers));
        return headers;
    }
}
