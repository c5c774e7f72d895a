namespace ModelMesh.Gateway.Ollama;

/// <summary>A whole answer that is there already.</summary>
internal static class JsonAnswer
{
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }
}
